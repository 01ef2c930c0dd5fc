import type { PostSeed } from './post.ts';
import { isoSecond } from './times.ts';
import { toUser } from './v2-user.ts';

interface MatchingRule {
  readonly id: string;
  readonly tag?: string;
}

/** A post that matched a rule of the filtered stream (docs.x.com filtered stream webhooks). */
export function makeFilteredStreamPost({
  id,
  atMs,
  author,
  text,
  rules,
}: Omit<PostSeed, 'lang'> & { readonly rules: readonly MatchingRule[] }) {
  return {
    data: { id, text, created_at: isoSecond(atMs), author_id: author.id, edit_history_tweet_ids: [id] },
    includes: { users: [toUser(author)] },
    matching_rules: rules,
  };
}
