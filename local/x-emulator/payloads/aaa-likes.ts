import type { Account } from './account.ts';
import { toNativePost } from './native-post.ts';
import { toNativeUser } from './native-user.ts';
import type { Post } from './post.ts';
import { nativeTime } from './times.ts';

interface AaaLike {
  /** The subscribed account: it likes, or its post is liked. */
  readonly account: Account;
  /** 32 hexadecimal digits. */
  readonly likeId: string;
  readonly atMs: number;
  readonly liker: Account;
  readonly post: Post;
}

/** `timestamp_ms` is a number here, unlike in the other AAA kinds. */
export function makeAaaLike({ account, likeId, atMs, liker, post }: AaaLike) {
  return {
    for_user_id: account.id,
    favorite_events: [
      {
        id: likeId,
        created_at: nativeTime(atMs),
        timestamp_ms: atMs,
        favorited_status: toNativePost(post),
        user: toNativeUser(liker),
      },
    ],
  };
}
