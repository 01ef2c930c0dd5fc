/**
 * X's names of activity: the enum of X's OpenAPI description (2.167), `oauth.revoke`, which only the documentation
 * has, and the two chat events announced as in development.
 */
export const eventTypes = [
  'post.create',
  'post.delete',
  'post.mention.create',
  'post.reply.create',
  'post.quote.create',
  'post.repost.create',
  'like.create',
  'follow.follow',
  'follow.unfollow',
  'mute.mute',
  'mute.unmute',
  'block.block',
  'block.unblock',
  'profile.update.bio',
  'profile.update.profile_picture',
  'profile.update.banner_picture',
  'profile.update.screenname',
  'profile.update.geo',
  'profile.update.url',
  'profile.update.handle',
  'profile.update.verified_badge',
  'profile.update.affiliate_badge',
  'dm.received',
  'dm.sent',
  'dm.read',
  'dm.indicate_typing',
  'chat.received',
  'chat.sent',
  'chat.read',
  'chat.indicate_typing',
  'chat.conversation.join',
  'chat.conversation.member_added',
  'chat.conversation.member_removed',
  'chat.conversation.admin_added',
  'chat.conversation.admin_removed',
  'chat.update.group_name',
  'chat.update.restrictions',
  'news.new',
  'spaces.start',
  'spaces.end',
  'broadcast.start',
  'broadcast.end',
  'broadcast.chat',
  'oauth.revoke',
] as const;

export type EventType = (typeof eventTypes)[number];

/** What the Account Activity API's keys become; `user_event` holds objects by name, the others hold arrays. */
export const aaaEventTypes = {
  tweet_create_events: [
    'post.create',
    'post.mention.create',
    'post.reply.create',
    'post.quote.create',
    'post.repost.create',
  ],
  tweet_delete_events: ['post.delete'],
  favorite_events: ['like.create'],
  follow_events: ['follow.follow', 'follow.unfollow'],
  mute_events: ['mute.mute', 'mute.unmute'],
  block_events: ['block.block', 'block.unblock'],
  direct_message_events: ['dm.received', 'dm.sent'],
  direct_message_indicate_typing_events: ['dm.indicate_typing'],
  direct_message_mark_read_events: ['dm.read'],
  'user_event.revoke': ['oauth.revoke'],
} as const satisfies Readonly<Record<string, readonly EventType[]>>;

export type AaaEventKey = keyof typeof aaaEventTypes;
export type AaaEventType = (typeof aaaEventTypes)[AaaEventKey][number];

/** The type of what has no name that Gapless knows. */
export const unknownType = 'unknown';

/** A type as it is counted: what X may invent later has no counter of its own. */
export type CountedType = EventType | typeof unknownType;

const known: ReadonlySet<string> = new Set(eventTypes);
const aaa: ReadonlySet<string> = new Set(Object.values(aaaEventTypes).flat());

export function isKnownType(type: string): type is EventType {
  return known.has(type);
}

export function countedType(type: string): CountedType {
  return isKnownType(type) ? type : unknownType;
}

export function isAaaType(type: string): type is AaaEventType {
  return aaa.has(type);
}

export function isAaaEventKey(key: string): key is AaaEventKey {
  return Object.hasOwn(aaaEventTypes, key);
}

/** The type of an XAA wire name: itself, save for the documented old spelling of one. */
export function typeOfXaaName(name: string): string {
  return name === 'chat.conversation_join' ? 'chat.conversation.join' : name;
}
