import type { ActivityType } from '../activity-types.ts';
import { type Answer, missingScope, notPermitted } from '../http/answers.ts';
import { type Caller, lacksScope } from '../http/caller.ts';
import type { XaaFilter } from '../payloads/xaa-event.ts';

/**
 * Scopes of OAuth 2.0 that a subscription takes (OpenAPI 2.167). Of `broadcast.chat` the documentation says `broadcast.read` instead: here it takes both.
 * Written without a look at what Gapless believes of them.
 */
function scopesFor(type: ActivityType): readonly string[] {
  if (type === 'broadcast.chat') return ['broadcast.read', 'tweet.read'];
  if (/^(chat|dm)\./.test(type)) return ['dm.read'];
  const area = /^(like|mute|block)\./.exec(type)?.[1];
  return [area === undefined ? 'tweet.read' : `${area}.read`];
}

/** What only the account itself may have watched (docs.x.com activity introduction). An elevated tier's app may have follows, too. */
const isPrivate = (type: ActivityType) =>
  /^(post\.(mention|reply|quote|repost)|like|chat|dm|mute|block)\.|^broadcast\.chat$/.test(type);

/** Why the caller may not have this subscription; `undefined`: it may. */
export function refusalOf(
  caller: Caller,
  { eventType, filter }: { readonly eventType: ActivityType; readonly filter: XaaFilter },
): Answer | undefined {
  if (lacksScope(caller, scopesFor(eventType))) return missingScope;
  if (!isPrivate(eventType)) return undefined;
  const isOwn = caller.kind === 'user' && caller.userId === filter.user_id;
  return isOwn ? undefined : notPermitted(eventType);
}
