import { hashtagSpans, mentionSpans } from './entities.ts';
import { toNativeUser } from './native-user.ts';
import type { Post } from './post.ts';
import { nativeTime } from './times.ts';

/** Longer text is cut, and stands whole in `extended_tweet` (docs.x.com account activity payloads). */
const classicLength = 140;

function entitiesOf(text: string, post: Post) {
  return {
    hashtags: hashtagSpans(text).map(({ tag, start, end }) => ({ text: tag, indices: [start, end] })),
    urls: [],
    user_mentions: mentionSpans(text, post.mentions).map(({ account, start, end }) => ({
      screen_name: account.username,
      name: account.name,
      id: Number(account.id),
      id_str: account.id,
      indices: [start, end],
    })),
    symbols: [],
  };
}

function textOf(post: Post) {
  const letters = [...post.text];
  if (letters.length <= classicLength || post.reposted) {
    return { text: post.text, truncated: false, entities: entitiesOf(post.text, post) };
  }
  const text = `${letters.slice(0, classicLength - 1).join('')}…`;
  return {
    text,
    truncated: true,
    extended_tweet: {
      full_text: post.text,
      display_text_range: [0, letters.length],
      entities: entitiesOf(post.text, post),
    },
    entities: entitiesOf(text, post),
  };
}

function replyMembers(original: Post | undefined) {
  return {
    in_reply_to_status_id: original ? Number(original.id) : null,
    in_reply_to_status_id_str: original?.id ?? null,
    in_reply_to_user_id: original ? Number(original.author.id) : null,
    in_reply_to_user_id_str: original?.author.id ?? null,
    in_reply_to_screen_name: original?.author.username ?? null,
  };
}

export interface NativePost {
  readonly id_str: string;
  readonly [member: string]: unknown;
}

/** The v1.1 post object of AAA bodies. `id` is rounded as X rounds it: only `id_str` is exact. */
export function toNativePost(post: Post): NativePost {
  return {
    created_at: nativeTime(post.atMs),
    id: Number(post.id),
    id_str: post.id,
    ...textOf(post),
    source: '<a href="https://mobile.x.com" rel="nofollow">X Web App</a>',
    ...replyMembers(post.inReplyTo),
    user: toNativeUser(post.author),
    geo: null,
    coordinates: null,
    place: null,
    contributors: null,
    is_quote_status: post.quoted !== undefined,
    ...(post.quoted && {
      quoted_status_id: Number(post.quoted.id),
      quoted_status_id_str: post.quoted.id,
      quoted_status: toNativePost(post.quoted),
    }),
    ...(post.reposted && { retweeted_status: toNativePost(post.reposted) }),
    quote_count: 0,
    reply_count: 0,
    retweet_count: 0,
    favorite_count: 0,
    favorited: false,
    retweeted: false,
    possibly_sensitive: false,
    filter_level: 'low',
    lang: post.lang ?? 'en',
    timestamp_ms: String(post.atMs),
  };
}
