import type { Clock } from '../../shared/ports.ts';
import type { AppKeys, UserToken } from '../../shared/x/api-tokens.ts';
import { invalidateToken } from '../../shared/x/oauth/oauth1.ts';
import { revokeToken } from '../../shared/x/oauth/oauth2.ts';
import { plainText } from '../output/plain-text.ts';

/** Where an account ends by itself what it allowed an app. */
export const connectedAppsPage = 'https://x.com/settings/connected_apps';

/** `not-offered`: X ends no token in this way. `failed`: it may do so later. */
export type Revocation =
  | { readonly kind: 'revoked' }
  | { readonly kind: 'not-offered' | 'failed'; readonly detail: string };

const timeoutMs = 15_000;
const endedBefore = /invalid or expired token/i;

/** Has X end a login. `clock` is real time: X looks at it for OAuth 1.0a. */
export async function revokeLogin(baseUrl: string, keys: AppKeys, token: UserToken, clock: Clock): Promise<Revocation> {
  const { clientId = '', clientSecret, consumerKey = '', consumerSecret = '' } = keys;
  const answer =
    token.scheme === 'oauth2'
      ? await revokeToken(
          { baseUrl, clientId, timeoutMs, ...(clientSecret && { clientSecret }) },
          token.refreshToken ?? token.accessToken,
        )
      : await invalidateToken({ baseUrl, consumerKey, consumerSecret, timeoutMs }, token, clock.now());
  if (answer.ok) return { kind: 'revoked' };
  const { status, detail } = answer.failure;
  // X does not know the token any more, which is what was wanted.
  if (token.scheme === 'oauth2' ? status === 400 : endedBefore.test(detail)) return { kind: 'revoked' };
  const isClosed = token.scheme === 'oauth1' && (status === 403 || status === 404 || status === 410);
  return { kind: isClosed ? 'not-offered' : 'failed', detail: plainText(detail) };
}
