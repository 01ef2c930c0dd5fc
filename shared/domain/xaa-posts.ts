import { idsOf, postsInside } from './carried-posts.ts';
import { allOf } from './event-draft.ts';
import { id, objectId, unwrapped } from './ids.ts';
import { member } from './json.ts';
import { type PostFacts, readPost } from './posts.ts';
import type { PayloadReader, XaaContext } from './xaa-context.ts';

/** Reads a post; `targetOf` says whom it is about, which depends on the type of the event. */
export function postAbout(
  targetOf: (post: PostFacts, account: string | undefined) => string | undefined,
): PayloadReader {
  return (payload, { account, includedPosts }) => {
    const post = readPost(payload, includedPosts);
    return {
      actor: post.author,
      target: targetOf(post, account),
      postId: post.postId,
      conversationId: post.conversationId,
      subject: allOf(post.postId),
      times: [post.createdAt],
      createdId: post.postId,
      carriedPostIds: postsInside(payload),
    };
  };
}

export const deletedPost: PayloadReader = (payload) => {
  const postId = objectId(payload);
  return { actor: id(member(unwrapped(payload), 'author_id')), postId, subject: allOf(postId) };
};

/** `timestamp_ms` is the like's time; X's documentation calls `created_at` the liked post's. */
export const like: PayloadReader = (payload, context) => {
  const postId = id(member(payload, 'liked_tweet_id'));
  const author = id(member(payload, 'liked_tweet_author_id'));
  return {
    actor: likerOf(author, context),
    target: author,
    postId,
    subject: allOf(objectId(payload)),
    times: [member(payload, 'timestamp_ms')],
    carriedPostIds: postId === undefined ? [] : [postId],
  };
};

/** The payload does not say who liked. It is the account, or the one included user who is not the author. */
function likerOf(author: string | undefined, { account, direction, includedUsers }: XaaContext): string | undefined {
  if (direction === 'outbound') return account;
  const others = idsOf(includedUsers).filter((user) => user !== author && user !== account);
  return others.length === 1 ? others[0] : undefined;
}
