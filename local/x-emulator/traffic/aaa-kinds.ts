import { makeAaaDirectMessage, makeAaaMessageRead, makeAaaTyping } from '../payloads/aaa-direct-messages.ts';
import { makeAaaLike } from '../payloads/aaa-likes.ts';
import * as posts from '../payloads/aaa-posts.ts';
import { makeAaaBlock, makeAaaFollow, makeAaaMute } from '../payloads/aaa-relations.ts';
import { makeAaaRevoke } from '../payloads/revokes.ts';
import { isoWithOffset } from '../payloads/times.ts';
import { randomHex } from '../random.ts';
import { type Made, pairOf, type Scene } from './scene.ts';

type Make = (scene: Scene) => Made;

/** A post about the account, by a stranger or answering one of the account's. */
function post(make: (scene: Scene) => object): Make {
  return (scene) => ({ subject: scene.id, body: make(scene) });
}

/** Kinds without an id: who, whom and when tell them apart. */
function between(make: (scene: Scene & ReturnType<typeof pairOf>) => object, direction?: string): Make {
  return (scene) => {
    const pair = pairOf(scene, direction);
    const subject = [pair.source.id, pair.target.id, scene.atMs].join('-');
    return { subject, body: make({ ...scene, ...pair }) };
  };
}

function message(direction: 'inbound' | 'outbound'): Make {
  return (scene) => {
    const { source, target } = pairOf(scene, direction);
    const written = { ...scene.seed(source), sender: source, recipient: target };
    return { subject: scene.id, body: makeAaaDirectMessage({ account: scene.account, ...written }) };
  };
}

/** Every kind that Account Activity delivers (docs.x.com account activity payloads). */
export const aaaKinds: Readonly<Record<string, Make>> = {
  post: post(({ account, seed }) => posts.makeAaaPost({ ...seed(account), account })),
  mention: post(({ account, stranger, seed }) => posts.makeAaaMention({ ...seed(stranger), account })),
  reply: post(({ account, stranger, seed, oldPost }) =>
    posts.makeAaaReply({ ...seed(stranger), account, original: oldPost(account) }),
  ),
  quote: post(({ account, stranger, seed, oldPost }) =>
    posts.makeAaaQuote({ ...seed(stranger), account, quoted: oldPost(account) }),
  ),
  repost: post(({ account, stranger, seed, oldPost }) =>
    posts.makeAaaRepost({ ...seed(stranger), account, reposted: oldPost(account) }),
  ),
  post_delete: ({ account, atMs, oldPost }) => {
    const postId = oldPost(account).id;
    return { subject: postId, body: posts.makeAaaPostDelete({ account, postId, atMs }) };
  },
  like: (scene) => {
    const { source, target } = pairOf(scene);
    const likeId = randomHex(scene.random, 32);
    const like = { account: scene.account, likeId, atMs: scene.atMs, liker: source, post: scene.oldPost(target) };
    return { subject: likeId, body: makeAaaLike(like) };
  },
  follow: between((parts) => makeAaaFollow({ ...parts, type: 'follow' })),
  unfollow: between((parts) => makeAaaFollow({ ...parts, type: 'unfollow' })),
  block: between((parts) => makeAaaBlock({ ...parts, type: 'block' })),
  unblock: between((parts) => makeAaaBlock({ ...parts, type: 'unblock' })),
  mute: between((parts) => makeAaaMute({ ...parts, type: 'mute' }), 'outbound'),
  unmute: between((parts) => makeAaaMute({ ...parts, type: 'unmute' }), 'outbound'),
  dm_received: message('inbound'),
  dm_sent: message('outbound'),
  dm_typing: between(({ account, atMs, source, target }) =>
    makeAaaTyping({ account, atMs, sender: source, recipient: target }),
  ),
  dm_read: between(({ account, atMs, source, target, id }) =>
    makeAaaMessageRead({ account, atMs, sender: source, recipient: target, lastReadId: id }),
  ),
  // A revocation ends the subscription of its user, so the made-up one is of somebody who is subscribed no more.
  revoke: ({ stranger, atMs }) => ({
    accountId: stranger.id,
    subject: isoWithOffset(atMs),
    body: makeAaaRevoke({ userId: stranger.id, appId: '13090192', atMs }),
  }),
};
