import { GaplessError } from '../../shared/errors.ts';
import type { AppKeys } from '../../shared/x/api-tokens.ts';
import { fetchBearerToken } from '../../shared/x/oauth/app-bearer.ts';
import { checkClientSecret } from '../../shared/x/oauth/oauth2.ts';
import { plainText } from '../output/plain-text.ts';

const timeoutMs = 15_000;

/** `unknown`: X could not be asked, or said something else. */
export type Verdict = 'accepted' | 'refused' | 'unknown';

/** Whether X takes the client secret. Needs the client id. */
export function askAboutClient(xApiUrl: string, clientId: string, clientSecret: string): Promise<Verdict> {
  return checkClientSecret({ baseUrl: xApiUrl, clientId, clientSecret, timeoutMs });
}

/** Whether X takes the consumer secret, and the bearer token that it gives for it. Needs the consumer key. */
export async function askAboutConsumer(
  xApiUrl: string,
  consumerKey: string,
  consumerSecret: string,
): Promise<{ readonly verdict: Verdict; readonly bearerToken?: string; readonly detail?: string }> {
  const answer = await fetchBearerToken(xApiUrl, { consumerKey, consumerSecret }, timeoutMs);
  if (answer.ok) return { verdict: 'accepted', bearerToken: answer.value };
  const { status, detail } = answer.failure;
  const isNo = status === 400 || status === 401 || status === 403;
  return { verdict: isNo ? 'refused' : 'unknown', detail: plainText(detail) };
}

/**
 * Keys that X took, with the bearer token it gives where none is there. Throws `CREDENTIALS_MALFORMED` when X says no;
 * when it says nothing, `note` is told and they pass.
 */
export async function checkAtX(xApiUrl: string, keys: AppKeys, note: (line: string) => void): Promise<AppKeys> {
  const { consumerKey, consumerSecret, clientId, clientSecret } = keys;
  if (clientId !== undefined && clientSecret !== undefined) {
    const verdict = await askAboutClient(xApiUrl, clientId, clientSecret);
    if (verdict === 'refused') throw refused('client id and client secret');
    if (verdict === 'unknown') note(`${xApiUrl} could not be asked about the client secret`);
  }
  if (consumerKey === undefined || consumerSecret === undefined) return keys;
  const { verdict, bearerToken, detail } = await askAboutConsumer(xApiUrl, consumerKey, consumerSecret);
  if (verdict === 'refused') throw refused('consumer key and consumer secret');
  if (verdict === 'unknown') note(`${xApiUrl} could not be asked for a bearer token (${detail ?? 'no answer'})`);
  return bearerToken === undefined ? keys : { bearerToken, ...keys };
}

const refused = (what: string) =>
  new GaplessError(
    'CREDENTIALS_MALFORMED',
    `Nothing was stored: X does not take the ${what}. They belong together and to one app; copy them again from the developer portal.`,
  );
