import type { UserToken } from '../api-tokens.ts';
import type { ConsumerKeys } from './app-bearer.ts';
import { incomplete, type OAuthOutcome, postForm } from './form.ts';
import { oauth1Header } from './oauth1-signature.ts';

/** The app at X's OAuth 1.0a endpoints (docs.x.com, 3-legged OAuth flow). */
export interface OAuth1Client extends ConsumerKeys {
  readonly baseUrl: string;
  readonly timeoutMs: number;
}

/** A token with its secret: what a login is known by until the account allows it, or an access token. */
export interface OAuth1Token {
  readonly token: string;
  readonly tokenSecret: string;
}

/** First leg. `callback` must be one of those registered with the app. */
export async function getRequestToken(
  client: OAuth1Client,
  callback: string,
  nowMs: number,
): Promise<OAuthOutcome<OAuth1Token>> {
  const answer = await post(client, '/oauth/request_token', { oauth_callback: callback }, nowMs);
  return answer.ok ? readToken(answer.value) : answer;
}

/** Second leg: the page on which the account allows the app. */
export function authorizeOAuth1Url({ baseUrl }: OAuth1Client, { token }: OAuth1Token): string {
  return `${baseUrl}/oauth/authorize?oauth_token=${encodeURIComponent(token)}`;
}

/** Third leg: tokens that do not expire, and whose they are. */
export async function getAccessToken(
  client: OAuth1Client,
  request: OAuth1Token,
  verifier: string,
  nowMs: number,
): Promise<OAuthOutcome<{ readonly userId: string; readonly token: UserToken }>> {
  const answer = await post(client, '/oauth/access_token', { oauth_verifier: verifier }, nowMs, request);
  if (!answer.ok) return answer;
  const read = readToken(answer.value);
  if (!read.ok) return read;
  const userId = answer.value.user_id;
  if (typeof userId !== 'string' || userId === '') return incomplete('user_id');
  return { ok: true, value: { userId, token: { scheme: 'oauth1', ...read.value } } };
}

/** Ends an access token, in the name of its account (docs, POST oauth/invalidate_token). 401: it had ended before, or the app's keys are others. */
export async function invalidateToken(
  client: OAuth1Client,
  { token, tokenSecret }: OAuth1Token,
  nowMs: number,
): Promise<OAuthOutcome<void>> {
  const answer = await post(client, '/1.1/oauth/invalidate_token.json', {}, nowMs, { token, tokenSecret });
  return answer.ok ? { ok: true, value: undefined } : answer;
}

function post(
  client: OAuth1Client,
  path: string,
  fields: Readonly<Record<string, string>>,
  nowMs: number,
  token?: OAuth1Token,
) {
  const url = `${client.baseUrl}${path}`;
  const authorization = oauth1Header({ method: 'POST', url, fields }, { ...client, ...token }, nowMs);
  return postForm({ url, authorization, fields: {}, timeoutMs: client.timeoutMs });
}

function readToken(answer: Readonly<Record<string, unknown>>): OAuthOutcome<OAuth1Token> {
  const { oauth_token: token, oauth_token_secret: tokenSecret } = answer;
  if (typeof token !== 'string' || typeof tokenSecret !== 'string') return incomplete('oauth_token');
  return { ok: true, value: { token, tokenSecret } };
}
