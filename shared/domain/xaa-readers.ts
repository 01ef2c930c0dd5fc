import { allOf } from './event-draft.ts';
import type { EventType } from './event-types.ts';
import { id, objectId } from './ids.ts';
import { member } from './json.ts';
import { timeKey } from './times.ts';
import type { PayloadReader } from './xaa-context.ts';
import { chatActivity, chatMessage, directMessage, directMessageSignal } from './xaa-messages.ts';
import { deletedPost, like, postAbout } from './xaa-posts.ts';

const nothing: PayloadReader = () => ({});

/** Follows, mutes and blocks: X sends neither an id nor a time with them. */
const relation: PayloadReader = (payload) => ({
  actor: objectId(member(payload, 'source')),
  target: objectId(member(payload, 'target')),
});

/** A story is updated under its id: each update is an event of its own. */
const news: PayloadReader = (payload) => {
  const [story, updatedAt] = [objectId(payload), member(payload, 'updated_at')];
  return { subject: allOf(story, timeKey(updatedAt)) ?? allOf(story), times: [updatedAt] };
};

const broadcast: PayloadReader = (payload) => ({
  actor: objectId(member(payload, 'user')),
  subject: allOf(id(member(payload, 'broadcast_id'))),
  times: [member(payload, 'event_timestamp_ms_str'), member(payload, 'event_timestamp_ms')],
});

const broadcastChat: PayloadReader = (payload) => ({
  actor: objectId(member(payload, 'author')) ?? objectId(member(payload, 'user')),
  subject: allOf(id(member(payload, 'message_id'))),
});

const revoke: PayloadReader = (payload) => ({
  actor: id(member(payload, 'user_id')),
  target: id(member(payload, 'app_id')),
  times: [member(payload, 'date_time')],
});

/** How each payload is read (docs.x.com activity, "event payloads"). No subject: the envelope's uuid tells the event. */
export const payloadReaders: Readonly<Record<EventType, PayloadReader>> = {
  'post.create': postAbout((post) => post.repostedUser ?? post.quotedUser ?? post.repliedUser),
  'post.delete': deletedPost,
  'post.mention.create': postAbout((_post, account) => account),
  'post.reply.create': postAbout((post, account) => post.repliedUser ?? account),
  'post.quote.create': postAbout((post, account) => post.quotedUser ?? account),
  'post.repost.create': postAbout((post, account) => post.repostedUser ?? account),
  'like.create': like,
  'follow.follow': relation,
  'follow.unfollow': relation,
  'mute.mute': relation,
  'mute.unmute': relation,
  'block.block': relation,
  'block.unblock': relation,
  'profile.update.bio': nothing,
  'profile.update.profile_picture': nothing,
  'profile.update.banner_picture': nothing,
  'profile.update.screenname': nothing,
  'profile.update.geo': nothing,
  'profile.update.url': nothing,
  'profile.update.handle': nothing,
  'profile.update.verified_badge': nothing,
  'profile.update.affiliate_badge': nothing,
  'dm.received': directMessage,
  'dm.sent': directMessage,
  'dm.read': directMessageSignal,
  'dm.indicate_typing': directMessageSignal,
  'chat.received': chatMessage,
  'chat.sent': chatMessage,
  'chat.read': chatActivity,
  'chat.indicate_typing': chatActivity,
  'chat.conversation.join': chatActivity,
  'chat.conversation.member_added': chatActivity,
  'chat.conversation.member_removed': chatActivity,
  'chat.conversation.admin_added': chatActivity,
  'chat.conversation.admin_removed': chatActivity,
  'chat.update.group_name': chatActivity,
  'chat.update.restrictions': chatActivity,
  'news.new': news,
  'spaces.start': broadcast,
  'spaces.end': broadcast,
  'broadcast.start': broadcast,
  'broadcast.end': broadcast,
  'broadcast.chat': broadcastChat,
  'oauth.revoke': revoke,
};
