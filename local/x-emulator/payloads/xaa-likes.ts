import type { Account } from './account.ts';
import type { Post } from './post.ts';
import { isoSecond } from './times.ts';
import { toPost } from './v2-post.ts';
import { toUser } from './v2-user.ts';
import { makeXaaEvent, type XaaEnvelope } from './xaa-event.ts';

interface XaaLike extends XaaEnvelope {
  /** 32 hexadecimal digits. */
  readonly likeId: string;
  readonly atMs: number;
  readonly liker: Account;
  readonly post: Post;
}

/** The payload does not say who liked: outbound it is the filter's user, inbound it stands in `includes.users`. */
export function makeXaaLike({ likeId, atMs, liker, post, ...envelope }: XaaLike) {
  const outbound = liker.id === envelope.filter.user_id;
  return makeXaaEvent(
    'like.create',
    envelope,
    {
      id: likeId,
      created_at: isoSecond(atMs),
      timestamp_ms: String(atMs),
      liked_tweet_author_id: post.author.id,
      liked_tweet_id: post.id,
    },
    { users: [toUser(outbound ? post.author : liker)], tweets: [toPost(post)] },
  );
}
