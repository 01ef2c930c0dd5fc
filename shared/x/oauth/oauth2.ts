import type { OAuth2UserToken } from '../api-tokens.ts';
import { basic, incomplete, type OAuthOutcome, postForm } from './form.ts';

/** The app at X's OAuth 2.0 endpoints. Without a client secret it is a public client, which sends its id instead. */
export interface OAuth2Client {
  /** `https://api.x.com`, or another X. */
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret?: string;
  readonly timeoutMs: number;
}

export interface AuthorizationRequest {
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string;
  readonly challenge: string;
}

/** The page on which an account allows the app. X's own is on another host than its API (docs.x.com, authorization code with PKCE). */
export function authorizeUrl({ baseUrl, clientId }: OAuth2Client, request: AuthorizationRequest): string {
  const origin = baseUrl === 'https://api.x.com' ? 'https://x.com' : baseUrl;
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: request.redirectUri,
    scope: request.scopes.join(' '),
    state: request.state,
    code_challenge: request.challenge,
    code_challenge_method: 'S256',
  });
  // A space as %20: not every server takes + for one in a query.
  return `${origin}/i/oauth2/authorize?${query.toString().replaceAll('+', '%20')}`;
}

/** The code is good for 30 seconds. `nowMs` dates the end of the access token. */
export function exchangeCode(
  client: OAuth2Client,
  given: { readonly code: string; readonly redirectUri: string; readonly verifier: string },
  nowMs: number,
): Promise<OAuthOutcome<OAuth2UserToken>> {
  const { code, redirectUri, verifier } = given;
  const fields = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier };
  return askForToken(client, fields, nowMs);
}

/** Spends the refresh token: the answer holds the next one, and the old is worth nothing (facts: it rotates). */
export function refreshToken(
  client: OAuth2Client,
  refresh: string,
  nowMs: number,
): Promise<OAuthOutcome<OAuth2UserToken>> {
  return askForToken(client, { grant_type: 'refresh_token', refresh_token: refresh }, nowMs);
}

/** Ends a token at X. Either kind ends what the account allowed. */
export async function revokeToken(client: OAuth2Client, token: string): Promise<OAuthOutcome<void>> {
  const answer = await post(client, '/2/oauth2/revoke', { token });
  return answer.ok ? { ok: true, value: undefined } : answer;
}

/** Whether X takes the client's secret: it checks that before it looks at the made-up token to refresh. */
export async function checkClientSecret(client: OAuth2Client): Promise<'accepted' | 'refused' | 'unknown'> {
  const answer = await post(client, '/2/oauth2/token', { grant_type: 'refresh_token', refresh_token: 'none' });
  if (answer.ok || answer.failure.status === 400) return 'accepted';
  return answer.failure.status === 401 || answer.failure.status === 403 ? 'refused' : 'unknown';
}

async function askForToken(
  client: OAuth2Client,
  fields: Readonly<Record<string, string>>,
  nowMs: number,
): Promise<OAuthOutcome<OAuth2UserToken>> {
  const answer = await post(client, '/2/oauth2/token', fields);
  if (!answer.ok) return answer;
  const { access_token, refresh_token, expires_in, scope } = answer.value;
  if (typeof access_token !== 'string' || access_token === '') return incomplete('access_token');
  const token: OAuth2UserToken = {
    scheme: 'oauth2',
    accessToken: access_token,
    ...(typeof refresh_token === 'string' ? { refreshToken: refresh_token } : {}),
    ...(typeof expires_in === 'number' ? { expiresAt: nowMs + expires_in * 1000 } : {}),
    scopes: typeof scope === 'string' ? scope.split(' ').filter(Boolean) : [],
  };
  return { ok: true, value: token };
}

function post(client: OAuth2Client, path: string, fields: Readonly<Record<string, string>>) {
  const { baseUrl, clientId, clientSecret, timeoutMs } = client;
  const request = { url: `${baseUrl}${path}`, timeoutMs };
  return clientSecret === undefined
    ? postForm({ ...request, fields: { ...fields, client_id: clientId } })
    : postForm({ ...request, fields, authorization: basic(clientId, clientSecret) });
}
