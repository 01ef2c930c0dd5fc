/** On whose behalf a request is made. */
export type Caller =
  | { readonly kind: 'app' }
  | { readonly kind: 'user'; readonly userId: string }
  | { readonly kind: 'nobody' };

/**
 * Reads the `Authorization` header. The app is known by its bearer token. An OAuth 1.0a header stands for the user whose
 * id begins the access token (`oauth_token="<user id>-<anything>"`, as X writes them); its signature is not checked.
 */
export function callerOf(authorization: string | undefined, bearerToken: string): Caller {
  const [, scheme = '', credentials = ''] = /^(\S+)\s+(.*)$/s.exec(authorization ?? '') ?? [];
  if (scheme.toLowerCase() === 'bearer') return credentials === bearerToken ? { kind: 'app' } : { kind: 'nobody' };
  if (scheme.toLowerCase() !== 'oauth') return { kind: 'nobody' };
  const userId = /(?:^|[\s,])oauth_token="(\d{1,19})-[^"]*"/.exec(credentials)?.[1];
  return userId === undefined ? { kind: 'nobody' } : { kind: 'user', userId };
}
