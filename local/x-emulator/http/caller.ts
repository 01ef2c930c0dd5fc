/** On whose behalf a request is made. */
export type Caller =
  | { readonly kind: 'app' }
  /** With an OAuth 2.0 token: `scopes` is what the user allowed. With OAuth 1.0a there are none; it may all. */
  | { readonly kind: 'user'; readonly userId: string; readonly scopes?: readonly string[] }
  | { readonly kind: 'nobody' };

export type HolderOf = (
  accessToken: string,
) => { readonly userId: string; readonly scopes: readonly string[] } | undefined;

/**
 * Reads the `Authorization` header. The app is known by its bearer token, a user by an OAuth 2.0 access token. An OAuth 1.0a header stands for the user whose
 * id begins the access token (`oauth_token="<user id>-<anything>"`, as X writes them); its signature is not checked.
 */
export function callerOf(authorization: string | undefined, bearerToken: string, holderOf: HolderOf): Caller {
  const [, scheme = '', credentials = ''] = /^(\S+)\s+(.*)$/s.exec(authorization ?? '') ?? [];
  if (scheme.toLowerCase() === 'bearer') {
    if (credentials === bearerToken) return { kind: 'app' };
    const holder = holderOf(credentials);
    return holder === undefined ? { kind: 'nobody' } : { kind: 'user', userId: holder.userId, scopes: holder.scopes };
  }
  if (scheme.toLowerCase() !== 'oauth') return { kind: 'nobody' };
  const userId = /(?:^|[\s,])oauth_token="(\d{1,19})-[^"]*"/.exec(credentials)?.[1];
  return userId === undefined ? { kind: 'nobody' } : { kind: 'user', userId };
}
