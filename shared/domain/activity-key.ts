import type { EventDraft } from './event-draft.ts';
import { epochMs, isoTime } from './times.ts';

/**
 * The key that one activity has in every product that delivers it. Only where AAA and XAA name it alike: XAA sends no
 * time with a follow, a mute or a block, so two follows of one user by another could not be told apart.
 */
export function activityKeyOf(draft: EventDraft): string | undefined {
  const { type, actor, target, postId, subject, times = [] } = draft;
  switch (type) {
    case 'post.create':
    case 'post.mention.create':
    case 'post.reply.create':
    case 'post.quote.create':
    case 'post.repost.create':
      return postId && `post:${postId}`;
    case 'post.delete':
      return postId && `post.delete:${postId}`;
    case 'like.create':
      return actor && postId && `like:${actor}:${postId}`;
    case 'dm.received':
    case 'dm.sent':
      return subject?.[0] && `dm:${subject[0]}`;
    case 'oauth.revoke': {
      const at = epochMs(times[0]);
      return actor && target && at !== undefined ? `oauth.revoke:${actor}:${target}:${isoTime(at)}` : undefined;
    }
    default:
      return undefined;
  }
}
