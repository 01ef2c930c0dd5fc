import type { Account } from './account.ts';
import { toNativePost } from './native-post.ts';
import { mentionOf, type Post, type PostSeed, postOf, quoteOf, replyTo, repostOf } from './post.ts';

/** `account`: the subscribed account that the delivery is for. */
interface ForAccount {
  readonly account: Account;
}

function makeTweetCreate(account: Account, post: Post) {
  return {
    for_user_id: account.id,
    ...(post.author.id !== account.id && { user_has_blocked: false }),
    tweet_create_events: [toNativePost(post)],
  };
}

/** A post by the account itself. */
export function makeAaaPost({ account, ...seed }: ForAccount & Omit<PostSeed, 'author'>) {
  return makeTweetCreate(account, postOf({ ...seed, author: account }));
}

/** Somebody names the account; the text gets the `@username` when it has none. */
export function makeAaaMention({ account, ...seed }: ForAccount & PostSeed) {
  return makeTweetCreate(account, mentionOf(account, seed));
}

/** Somebody, or the account itself, answers `original`. */
export function makeAaaReply({ account, original, ...seed }: ForAccount & PostSeed & { readonly original: Post }) {
  return makeTweetCreate(account, replyTo(original, seed));
}

/** Somebody, or the account itself, quotes `quoted`. */
export function makeAaaQuote({ account, quoted, ...seed }: ForAccount & PostSeed & { readonly quoted: Post }) {
  return makeTweetCreate(account, quoteOf(quoted, seed));
}

/** Somebody, or the account itself, reposts `reposted`. */
export function makeAaaRepost({
  account,
  reposted,
  ...seed
}: ForAccount & Omit<PostSeed, 'text' | 'lang'> & { readonly reposted: Post }) {
  return makeTweetCreate(account, repostOf(reposted, seed));
}

/** The account deletes one of its posts. */
export function makeAaaPostDelete(deletion: ForAccount & { readonly postId: string; readonly atMs: number }) {
  const { account, postId, atMs } = deletion;
  return {
    for_user_id: account.id,
    tweet_delete_events: [{ status: { id: postId, user_id: account.id }, timestamp_ms: String(atMs) }],
  };
}
