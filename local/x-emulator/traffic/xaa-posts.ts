import { mentionOf, type Post, postOf, quoteOf, replyTo, repostOf } from '../payloads/post.ts';
import { makeXaaPost, makeXaaPostDelete, type XaaPostType } from '../payloads/xaa-posts.ts';
import type { Scene } from './scene.ts';
import type { XaaMake, XaaMakers } from './xaa-make.ts';

/** In X's samples these repeat the post's id as `event_uuid`, so one post can carry it under both types. */
const sharingId: readonly XaaPostType[] = ['post.create', 'post.mention.create'];

function post(type: XaaPostType, write: (scene: Scene) => Post): XaaMake {
  return (scene, envelope) => {
    const eventUuid = sharingId.includes(type) ? scene.id : envelope.eventUuid;
    return { subject: scene.id, body: makeXaaPost({ ...envelope, eventUuid, type, post: write(scene) }) };
  };
}

export const xaaPosts = {
  'post.create': post('post.create', ({ account, seed }) => postOf(seed(account))),
  'post.mention.create': post('post.mention.create', ({ account, stranger, seed }) =>
    mentionOf(account, seed(stranger)),
  ),
  'post.reply.create': post('post.reply.create', ({ account, stranger, seed, oldPost }) =>
    replyTo(oldPost(account), seed(stranger)),
  ),
  'post.quote.create': post('post.quote.create', ({ account, stranger, seed, oldPost }) =>
    quoteOf(oldPost(account), seed(stranger)),
  ),
  'post.repost.create': post('post.repost.create', ({ account, stranger, seed, oldPost }) =>
    repostOf(oldPost(account), seed(stranger)),
  ),
  'post.delete': ({ account, oldPost }, envelope) => {
    const postId = oldPost(account).id;
    return { subject: postId, body: makeXaaPostDelete({ ...envelope, postId, author: account }) };
  },
} as const satisfies XaaMakers;
