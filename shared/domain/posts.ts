import { id, namedId, objectId, unwrapped } from './ids.ts';
import { list, member } from './json.ts';

/** Who and what a post is about, in v1.1's shape (`user`, `retweeted_status`) or v2's (`author_id`, `referenced_tweets`). */
export interface PostFacts {
  readonly postId: string | undefined;
  readonly author: string | undefined;
  readonly repostedUser: string | undefined;
  readonly quotedUser: string | undefined;
  readonly repliedUser: string | undefined;
  readonly conversationId: string | undefined;
  readonly createdAt: unknown;
}

/** `includes`: the posts that came beside it, where v2 puts the posts it refers to. */
export function readPost(value: unknown, includes: readonly unknown[]): PostFacts {
  const post = unwrapped(value);
  return {
    postId: objectId(post),
    author: authorOf(post),
    repostedUser: authorOf(member(post, 'retweeted_status')) ?? referencedAuthor(post, 'retweeted', includes),
    quotedUser: authorOf(member(post, 'quoted_status')) ?? referencedAuthor(post, 'quoted', includes),
    repliedUser: namedId(post, 'in_reply_to_user_id'),
    conversationId: id(member(post, 'conversation_id')),
    createdAt: member(post, 'created_at'),
  };
}

export function authorOf(post: unknown): string | undefined {
  return id(member(post, 'author_id')) ?? objectId(member(post, 'user'));
}

/** The ids of the posts a v2 post refers to in one way: `retweeted`, `quoted` or `replied_to`. */
export function referencedIds(post: unknown, type: string): readonly string[] {
  return list(member(post, 'referenced_tweets'))
    .filter((reference) => member(reference, 'type') === type)
    .flatMap((reference) => id(member(reference, 'id')) ?? []);
}

function referencedAuthor(post: unknown, type: string, includes: readonly unknown[]): string | undefined {
  const [referenced] = referencedIds(post, type);
  if (referenced === undefined) return undefined;
  return authorOf(unwrapped(includes.find((included) => objectId(included) === referenced)));
}
