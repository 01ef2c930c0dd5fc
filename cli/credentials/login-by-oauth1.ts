import { GaplessError } from '../../shared/errors.ts';
import type { Clock } from '../../shared/ports.ts';
import { authorizeOAuth1Url, getAccessToken, getRequestToken, type OAuth1Client } from '../../shared/x/oauth/oauth1.ts';
import { type Consent, expectOk, type Login } from './login-by-oauth2.ts';

/** Three-legged OAuth 1.0a. `clock` is real time: X looks at it. Throws `DECLINED`, `X_REFUSED`. */
export async function loginByOAuth1(
  client: OAuth1Client,
  callback: string,
  consent: Consent,
  clock: Clock,
): Promise<Login> {
  const request = expectOk(await getRequestToken(client, callback, clock.now()), 'begin the login');
  const query = await consent(authorizeOAuth1Url(client, request));
  const verifier = query.get('oauth_verifier');
  if (query.has('denied') || verifier === null) {
    throw new GaplessError('DECLINED', 'The account did not allow the app; nothing was stored.');
  }
  if (query.get('oauth_token') !== request.token) {
    throw new GaplessError('DECLINED', 'The browser came back from another login; nothing was stored. Run it again.');
  }
  return expectOk(await getAccessToken(client, request, verifier, clock.now()), 'give a token');
}
