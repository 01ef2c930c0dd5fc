import type { UserToken } from '../../shared/x/api-tokens.ts';

/** What may be shown of a login: never a token. */
export interface UserListing {
  readonly userId: string;
  readonly scheme: UserToken['scheme'];
  readonly scopes?: readonly string[];
  /** Of the access token. Absent: it has no end. */
  readonly expiresAt?: string;
  /** Whether it is renewed without the account. */
  readonly renewable?: boolean;
}

export function listUser(userId: string, token: UserToken): UserListing {
  if (token.scheme === 'oauth1') return { userId, scheme: 'oauth1' };
  const { scopes, expiresAt, refreshToken } = token;
  return {
    userId,
    scheme: 'oauth2',
    scopes,
    ...(expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt).toISOString() }),
    renewable: refreshToken !== undefined,
  };
}

/** One login for people. */
export function userLine({ userId, scheme, scopes, expiresAt, renewable }: UserListing): string {
  if (scheme === 'oauth1') return `${userId}  oauth1  no end`;
  const end = renewable ? 'renewed when needed' : expiresAt === undefined ? 'no end' : `until ${expiresAt}`;
  return `${userId}  oauth2  ${end}  ${(scopes ?? []).join(' ')}`.trimEnd();
}
