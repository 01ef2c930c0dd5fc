import { hashtagSpans, mentionSpans } from './entities.ts';
import type { Post } from './post.ts';
import { isoSecond } from './times.ts';
import { withTwins } from './twins.ts';

const editableMs = 3_600_000;

function referencesOf(post: Post) {
  return [
    ...(post.inReplyTo ? [{ type: 'replied_to', id: post.inReplyTo.id }] : []),
    ...(post.quoted ? [{ type: 'quoted', id: post.quoted.id }] : []),
    ...(post.reposted ? [{ type: 'retweeted', id: post.reposted.id }] : []),
  ];
}

function entitiesOf(post: Post) {
  const mentions = mentionSpans(post.text, post.mentions).map(({ account, start, end }) => ({
    ...withTwins({ start, end }),
    username: account.username,
    id: account.id,
  }));
  const hashtags = hashtagSpans(post.text).map(({ tag, start, end }) => ({ ...withTwins({ start, end }), tag }));
  return { ...(mentions.length > 0 && { mentions }), ...(hashtags.length > 0 && { hashtags }) };
}

function conversationOf(post: Post): string {
  return post.inReplyTo ? conversationOf(post.inReplyTo) : post.id;
}

/** The v2 post object of XAA bodies. */
export function toPost(post: Post) {
  const references = referencesOf(post);
  const entities = entitiesOf(post);
  return {
    id: post.id,
    text: post.text,
    author_id: post.author.id,
    created_at: isoSecond(post.atMs),
    conversation_id: conversationOf(post),
    ...(post.inReplyTo && { in_reply_to_tweet_id: post.inReplyTo.id, in_reply_to_user_id: post.inReplyTo.author.id }),
    ...(references.length > 0 && { referenced_tweets: references }),
    ...(Object.keys(entities).length > 0 && { entities }),
    display_text_range: [0, [...post.text].length],
    edit_history_tweet_ids: [post.id],
    edit_controls: {
      ...withTwins({ edits_remaining: 5 }),
      is_edit_eligible: true,
      editable_until: isoSecond(post.atMs + editableMs),
    },
    lang: post.lang ?? 'en',
    paid_partnership: false,
    possibly_sensitive: false,
    reply_settings: 'everyone',
    public_metrics: withTwins({
      retweet_count: 0,
      reply_count: 0,
      like_count: 0,
      quote_count: 0,
      bookmark_count: 0,
      impression_count: 0,
    }),
  };
}
