import { GaplessError } from '../../shared/errors.ts';
import type { UserToken } from '../../shared/x/api-tokens.ts';
import type { Terminal } from '../framework/terminal.ts';
import type { CommandLine } from '../target/command-line.ts';
import type { Target } from '../target/target.ts';
import { type CallbackServer, startCallbackServer } from './callback-server.ts';
import { loginByOAuth1 } from './login-by-oauth1.ts';
import { type Consent, type Login, loginByOAuth2 } from './login-by-oauth2.ts';
import { openBrowser } from './open-browser.ts';
import type { OperatorCredentials } from './operator-credentials.ts';

export interface LoginRequest {
  readonly scheme: UserToken['scheme'];
  readonly scopes: readonly string[];
  readonly port: number;
  readonly opensBrowser: boolean;
}

/** Of the callback address, which has to stand in the developer portal. */
export const defaultCallbackPort = 8765;

const timeoutMs = 15_000;
/** Somebody may have to find a phone for a second factor first. */
const consentMs = 10 * 60_000;

/** Which scheme the app's keys allow. Throws `LOGIN_REQUIRED` with what is missing. */
export function chooseScheme(
  { app, keys }: OperatorCredentials,
  wanted: string | undefined,
  command: CommandLine,
): UserToken['scheme'] {
  const scheme = wanted ?? (keys.clientId === undefined ? 'oauth1' : 'oauth2');
  if (scheme !== 'oauth1' && scheme !== 'oauth2') {
    throw new GaplessError('USAGE', `--scheme ${JSON.stringify(scheme)} is neither oauth2 nor oauth1`);
  }
  const needs = scheme === 'oauth2' ? (['clientId'] as const) : (['consumerKey', 'consumerSecret'] as const);
  if (needs.every((name) => keys[name] !== undefined)) return scheme;
  const what = scheme === 'oauth2' ? 'client id (and client secret)' : 'consumer key and consumer secret';
  throw new GaplessError(
    'LOGIN_REQUIRED',
    `A login by ${scheme} needs the ${what} of app ${app}. Store them with ${command('secrets set')}.`,
  );
}

/** Leads the person to X's page of consent and waits until the browser is back. */
export async function login(
  { xApiUrl, clock }: Target,
  { keys }: OperatorCredentials,
  { scheme, scopes, port, opensBrowser }: LoginRequest,
  terminal: Terminal,
): Promise<Login> {
  const callback = await startCallbackServer(port);
  const consent = consentIn(callback, opensBrowser, terminal);
  try {
    if (scheme === 'oauth2') {
      const { clientId = '', clientSecret } = keys;
      const client = { baseUrl: xApiUrl, clientId, timeoutMs, ...(clientSecret && { clientSecret }) };
      return await loginByOAuth2(client, { scopes, redirectUri: callback.url }, consent, clock);
    }
    const { consumerKey = '', consumerSecret = '' } = keys;
    const client = { baseUrl: xApiUrl, consumerKey, consumerSecret, timeoutMs };
    return await loginByOAuth1(client, callback.url, consent, terminal.clock);
  } finally {
    await callback.close();
  }
}

function consentIn(callback: CallbackServer, opensBrowser: boolean, terminal: Terminal): Consent {
  return (url) => {
    terminal.note('Log in as the account, and allow the app, at:');
    terminal.note(`  ${url}`);
    if (opensBrowser) openBrowser(url);
    return callback.query(consentMs);
  };
}
