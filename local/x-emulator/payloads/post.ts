import type { Account } from './account.ts';

/** What one writes: the part of a post that its maker chooses. */
export interface PostSeed {
  /** Snowflake id, decimal. */
  readonly id: string;
  readonly atMs: number;
  readonly author: Account;
  readonly text: string;
  /** BCP 47 as X writes it; default `en`. */
  readonly lang?: string;
}

/** A post before it is written in one of X's two formats. At most one of the references is there. */
export interface Post extends PostSeed {
  readonly mentions: readonly Account[];
  readonly inReplyTo?: Post;
  readonly quoted?: Post;
  readonly reposted?: Post;
}

export function postOf(seed: PostSeed): Post {
  return { ...seed, mentions: [] };
}

/** X counts an explicit `@username` only, so the text gets one when it has none. */
export function mentionOf(account: Account, seed: PostSeed): Post {
  const mention = `@${account.username}`;
  const text = seed.text.includes(mention) ? seed.text : `${seed.text} ${mention}`;
  return { ...seed, text, mentions: [account] };
}

export function replyTo(original: Post, seed: PostSeed): Post {
  return {
    ...seed,
    text: `@${original.author.username} ${seed.text}`,
    mentions: [original.author],
    inReplyTo: original,
  };
}

export function quoteOf(quoted: Post, seed: PostSeed): Post {
  return { ...seed, mentions: [], quoted };
}

/** A repost has no words of its own. */
export function repostOf(reposted: Post, seed: Omit<PostSeed, 'text' | 'lang'>): Post {
  const { lang } = reposted;
  const text = `RT @${reposted.author.username}: ${reposted.text}`;
  return { ...seed, ...(lang === undefined ? {} : { lang }), text, mentions: [reposted.author], reposted };
}
