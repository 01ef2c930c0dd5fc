import { GaplessError } from '../../shared/errors.ts';
import type { Clock } from '../../shared/ports.ts';
import type { UserToken } from '../../shared/x/api-tokens.ts';
import type { OAuthOutcome } from '../../shared/x/oauth/form.ts';
import { authorizeUrl, exchangeCode, type OAuth2Client } from '../../shared/x/oauth/oauth2.ts';
import { createPkce, createState } from '../../shared/x/oauth/pkce.ts';
import { plainText } from '../output/plain-text.ts';
import { fetchUserId } from './fetch-user-id.ts';

/** Whose login it was, and what it gave. */
export interface Login {
  readonly userId: string;
  readonly token: UserToken;
}

/** Shows the person the page of consent, and returns the query that X sends the browser back with. */
export type Consent = (url: string) => Promise<URLSearchParams>;

/** Authorization code with PKCE. Throws `DECLINED` when the account does not want, `X_REFUSED`. */
export async function loginByOAuth2(
  client: OAuth2Client,
  wants: { readonly scopes: readonly string[]; readonly redirectUri: string },
  consent: Consent,
  clock: Clock,
): Promise<Login> {
  const { verifier, challenge } = createPkce();
  const state = createState();
  const query = await consent(authorizeUrl(client, { ...wants, state, challenge }));
  if (query.get('state') !== state) {
    throw new GaplessError('DECLINED', 'The browser came back from another login; nothing was stored. Run it again.');
  }
  const code = query.get('code');
  if (code === null) {
    const why = plainText(query.get('error') ?? 'no code came back');
    throw new GaplessError('DECLINED', `The account did not allow the app (${why}); nothing was stored.`);
  }
  const { redirectUri } = wants;
  const token = expectOk(await exchangeCode(client, { code, redirectUri, verifier }, clock.now()), 'give a token');
  return { userId: await fetchUserId(client.baseUrl, token, {}), token };
}

/** Throws `X_REFUSED` with X's words. */
export function expectOk<T>(outcome: OAuthOutcome<T>, what: string): T {
  if (outcome.ok) return outcome.value;
  throw new GaplessError(
    'X_REFUSED',
    `X did not ${what} (${plainText(outcome.failure.detail)}). Are the app's keys right (gapless secrets set), is its user authentication set up, and is the callback address one of those in the developer portal?`,
  );
}
