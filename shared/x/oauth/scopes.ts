import { isAaaEventKey } from '../../domain/event-types.ts';

/** Every login: whose it is (`GET /2/users/me` asks for both), and a refresh token. */
const always = ['tweet.read', 'users.read', 'offline.access'] as const;

/** What subscribing to a kind of event takes (OpenAPI 2.167; broadcast.chat: docs.x.com activity introduction). */
const scopeByPrefix: Readonly<Record<string, string>> = {
  'dm.': 'dm.read',
  'chat.': 'dm.read',
  'like.': 'like.read',
  'mute.': 'mute.read',
  'block.': 'block.read',
  'broadcast.chat': 'broadcast.read',
};

/** An Account Activity subscription is to everything, direct messages included. */
const accountActivity = ['dm.read', 'dm.write'] as const;

/** The OAuth 2.0 scopes that subscriptions to these types need (`like.create`, or Account Activity's `favorite_events`), in the order of the alphabet. */
export function scopesFor(eventTypes: Iterable<string>): readonly string[] {
  const scopes = new Set<string>(always);
  for (const type of eventTypes) {
    if (isAaaEventKey(type)) for (const scope of accountActivity) scopes.add(scope);
    for (const [prefix, scope] of Object.entries(scopeByPrefix)) if (type.startsWith(prefix)) scopes.add(scope);
  }
  return [...scopes].sort();
}
