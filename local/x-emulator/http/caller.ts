/** On whose behalf a request is made. */
export type Caller =
  | { readonly kind: 'app' }
  /** With an OAuth 2.0 token: `scopes` is what the user allowed. With OAuth 1.0a there are none; it may all. */
  | { readonly kind: 'user'; readonly userId: string; readonly scopes?: readonly string[] }
  | { readonly kind: 'nobody' };

/** What the emulator knows of the tokens it gave out. */
export interface KnownTokens {
  readonly bearerToken: string;
  /** Whose an OAuth 2.0 access token is. */
  readonly holderOf: (
    accessToken: string,
  ) => { readonly userId: string; readonly scopes: readonly string[] } | undefined;
  /** Whether an OAuth 1.0a access token was ended. */
  readonly isEnded: (oauth1Token: string) => boolean;
}

/**
 * Reads the `Authorization` header. The app is known by its bearer token, a user by an OAuth 2.0 access token. An OAuth 1.0a header stands for the user whose
 * id begins the access token (`oauth_token="<user id>-<anything>"`, as X writes them); its signature is not checked.
 */
export function callerOf(authorization: string | undefined, known: KnownTokens): Caller {
  const [, scheme = '', credentials = ''] = /^(\S+)\s+(.*)$/s.exec(authorization ?? '') ?? [];
  if (scheme.toLowerCase() === 'bearer') {
    if (credentials === known.bearerToken) return { kind: 'app' };
    const holder = known.holderOf(credentials);
    return holder === undefined ? { kind: 'nobody' } : { kind: 'user', userId: holder.userId, scopes: holder.scopes };
  }
  if (scheme.toLowerCase() !== 'oauth') return { kind: 'nobody' };
  const [, token = '', userId] = /(?:^|[\s,])oauth_token="((\d{1,19})-[^"]*)"/.exec(credentials) ?? [];
  return userId === undefined || known.isEnded(token) ? { kind: 'nobody' } : { kind: 'user', userId };
}

/** Whether a user allowed less than this, by OAuth 2.0. */
export function lacksScope(caller: Caller, wanted: readonly string[]): boolean {
  const granted = caller.kind === 'user' ? caller.scopes : undefined;
  return granted !== undefined && wanted.some((scope) => !granted.includes(scope));
}
