import type { EventType } from '../../../shared/domain/event-types.ts';
import type { Account } from './account.ts';
import type { Post } from './post.ts';
import { toPost } from './v2-post.ts';
import { toUser, toWrappedUser } from './v2-user.ts';
import { makeXaaEvent, type XaaEnvelope } from './xaa-event.ts';

export type XaaPostType = Extract<EventType, `post.${string}create`>;

function referencedBy(post: Post): readonly Post[] {
  return [post.inReplyTo, post.quoted, post.reposted].filter((other) => other !== undefined);
}

/** The five creating types share one shape; `post` has the reference that fits the type. */
export function makeXaaPost<Type extends XaaPostType>({
  type,
  post,
  ...envelope
}: XaaEnvelope & { readonly type: Type; readonly post: Post }) {
  const posts = [post, ...referencedBy(post)];
  return makeXaaEvent(type, envelope, toPost(post), {
    users: posts.map(({ author }) => toUser(author)),
    tweets: posts.map(toPost),
  });
}

/** Carries no time at all. */
export function makeXaaPostDelete({
  postId,
  author,
  ...envelope
}: XaaEnvelope & { readonly postId: string; readonly author: Account }) {
  return makeXaaEvent(
    'post.delete',
    envelope,
    { id: postId, author_id: author.id },
    { users: [toWrappedUser(author)] },
  );
}
