import { makeXaaRevoke } from '../payloads/revokes.ts';
import { isoWithOffset } from '../payloads/times.ts';
import { makeXaaLike } from '../payloads/xaa-likes.ts';
import { makeXaaProfileUpdate, type ProfilePart } from '../payloads/xaa-profile.ts';
import { makeXaaRelation, type XaaRelationType } from '../payloads/xaa-relations.ts';
import { randomHex } from '../random.ts';
import { pairOf } from './scene.ts';
import type { XaaMake, XaaMakers } from './xaa-make.ts';

/** Mutes and blocks are told to who does them, never to who suffers them. */
function relation(type: XaaRelationType): XaaMake {
  return (scene, envelope) => {
    const direction = type.startsWith('follow.') ? envelope.filter.direction : 'outbound';
    const body = makeXaaRelation({ ...envelope, ...pairOf(scene, direction), type });
    return { subject: envelope.eventUuid, body };
  };
}

/** The end of the id keeps two changes from looking the same. */
function profileUpdate(part: ProfilePart): XaaMake {
  return ({ account, id, seed }, envelope) => {
    const after = `${seed(account).text} ${id.slice(-4)}`;
    return {
      subject: envelope.eventUuid,
      body: makeXaaProfileUpdate({ ...envelope, part, before: account.bio, after }),
    };
  };
}

export const xaaPeople = {
  'like.create': (scene, envelope) => {
    const { source, target } = pairOf(scene, envelope.filter.direction);
    const likeId = randomHex(scene.random, 32);
    const like = { likeId, atMs: scene.atMs, liker: source, post: scene.oldPost(target) };
    return { subject: likeId, body: makeXaaLike({ ...envelope, ...like }) };
  },
  'follow.follow': relation('follow.follow'),
  'follow.unfollow': relation('follow.unfollow'),
  'mute.mute': relation('mute.mute'),
  'mute.unmute': relation('mute.unmute'),
  'block.block': relation('block.block'),
  'block.unblock': relation('block.unblock'),
  'profile.update.bio': profileUpdate('bio'),
  'profile.update.profile_picture': profileUpdate('profile_picture'),
  'profile.update.banner_picture': profileUpdate('banner_picture'),
  'profile.update.screenname': profileUpdate('screenname'),
  'profile.update.geo': profileUpdate('geo'),
  'profile.update.url': profileUpdate('url'),
  'profile.update.handle': profileUpdate('handle'),
  'profile.update.verified_badge': profileUpdate('verified_badge'),
  'profile.update.affiliate_badge': profileUpdate('affiliate_badge'),
  'oauth.revoke': ({ stranger, atMs }, envelope) => ({
    accountId: stranger.id,
    subject: isoWithOffset(atMs),
    body: makeXaaRevoke({ ...envelope, userId: stranger.id, appId: '13090192', atMs }),
  }),
} as const satisfies XaaMakers;
