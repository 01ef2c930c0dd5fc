import { conversationChanges } from './payloads/xaa-chat.ts';
import { profileParts } from './payloads/xaa-profile.ts';

/**
 * The event types that an X Activity subscription may have: those of X's OpenAPI description (v2.167), and
 * `oauth.revoke`, which the docs describe and the description lacks.
 */
export const activityTypes = [
  ...profileParts.map((part) => `profile.update.${part}` as const),
  ...conversationChanges,
  'news.new',
  'follow.follow',
  'follow.unfollow',
  'spaces.start',
  'spaces.end',
  'broadcast.start',
  'broadcast.end',
  'broadcast.chat',
  'chat.received',
  'chat.sent',
  'dm.sent',
  'dm.received',
  'dm.indicate_typing',
  'dm.read',
  'post.create',
  'post.delete',
  'post.mention.create',
  'post.reply.create',
  'post.quote.create',
  'post.repost.create',
  'like.create',
  'mute.mute',
  'mute.unmute',
  'block.block',
  'block.unblock',
  'oauth.revoke',
] as const;

export type ActivityType = (typeof activityTypes)[number];

/** `chat.conversation_join` is a deprecated alias; X answers with the dotted name. */
export function activityTypeOf(name: unknown): ActivityType | undefined {
  const canonical = name === 'chat.conversation_join' ? 'chat.conversation.join' : name;
  return activityTypes.find((type) => type === canonical);
}
