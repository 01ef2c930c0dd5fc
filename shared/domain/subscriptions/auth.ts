import { rulesOf } from './subscribable-types.ts';
import { accountOf, type Wanted } from './wanted.ts';

/** Whose token X wants. `orApp`: on elevated tiers the app's token is enough. */
export type Auth =
  | { readonly kind: 'app' }
  | {
      readonly kind: 'account';
      readonly userId: string;
      /** OAuth 2.0 scopes; an OAuth 1.0a token has the app's permissions instead. */
      readonly scopes: readonly string[];
      /** The way that X's documentation describes comes first; the other has been seen to work where that was refused. */
      readonly first: 'oauth1' | 'oauth2';
      readonly orApp: boolean;
    };

/** Changes and deletions are the app's. */
export const appAuth: Auth = { kind: 'app' };

/** OpenAPI 2.167; the app's permission must be "Read, Write and Direct Messages". */
const accountActivityScopes = ['dm.read', 'dm.write', 'tweet.read', 'users.read'] as const;

/** What creating the subscription needs. */
export function authFor(wanted: Wanted): Auth {
  if (wanted.product === 'aaa') {
    const { userId } = wanted;
    return { kind: 'account', userId, scopes: accountActivityScopes, first: 'oauth1', orApp: false };
  }
  const { audience, scopes } = rulesOf(wanted.type);
  const { userId } = wanted.filter;
  if (audience === 'public' || userId === undefined) return appAuth;
  return { kind: 'account', userId, scopes, first: 'oauth2', orApp: audience === 'either' };
}

/** The scopes that each account has to grant for its subscriptions, in the order of the alphabet. */
export function scopesByAccount(wanted: readonly Wanted[]): ReadonlyMap<string, readonly string[]> {
  const byAccount = Map.groupBy(wanted, accountOf);
  const scopesOf = (some: readonly Wanted[]) =>
    some.map(authFor).flatMap((auth) => (auth.kind === 'account' ? auth.scopes : []));
  return new Map(
    [...byAccount].flatMap(([userId, some]) => {
      const scopes = [...new Set(scopesOf(some))].toSorted();
      return userId === undefined || scopes.length === 0 ? [] : [[userId, scopes] as const];
    }),
  );
}

/**
 * What of the scopes that are needed a login does not have. `granted` is absent for OAuth 1.0a, which has the app's permissions instead; where X did not
 * tell what it granted, nothing is known to be missing.
 */
export function lackingScopes(needed: readonly string[], granted: readonly string[] | undefined): readonly string[] {
  return granted === undefined || granted.length === 0 ? [] : needed.filter((scope) => !granted.includes(scope));
}
