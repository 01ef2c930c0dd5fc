import type { AppKeyName } from '../../../shared/x/api-tokens.ts';
import { crcKey } from '../../../shared/x/app-secrets.ts';
import { chooseScheme } from '../../credentials/login.ts';
import { loginAccount } from '../../credentials/login-account.ts';
import { openApiTokens, openAppSecrets } from '../../credentials/open-stores.ts';
import { readOperatorCredentials } from '../../credentials/operator-credentials.ts';
import type { Setup } from '../setup.ts';
import { storeMissing } from './secrets.ts';

export interface WantedLogin {
  /** Whoever it is, where absent. */
  readonly account?: string;
  readonly scopes: readonly string[];
  /** The way that the app's keys allow, where absent. */
  readonly scheme?: 'oauth1';
}

const loginKeys: readonly AppKeyName[] = ['clientId', 'clientSecret'];

/** Leads somebody through X's page of consent: the only step of the whole path that a person has to take. Returns whose login it is. */
export async function logIn(setup: Setup, { account, scopes, scheme }: WantedLogin): Promise<string> {
  const { target, app, terminal, command } = setup;
  if (scheme === undefined) await ensureLoginKeys(setup);
  const credentials = await readOperatorCredentials(target, app, terminal.env);
  const request = { account, scopes, scheme: chooseScheme(credentials, scheme, command), ...setup.login };
  return (await loginAccount(target, credentials, request, terminal)).userId;
}

async function ensureLoginKeys(setup: Setup): Promise<void> {
  const { target, app, terminal } = setup;
  const { keys } = await readOperatorCredentials(target, app, terminal.env);
  if (keys.clientId !== undefined || (keys.consumerKey !== undefined && keys.consumerSecret !== undefined)) return;
  if (!target.isLocal) {
    await storeMissing(setup, loginKeys);
    return;
  }
  // The X of a local stack takes any client id, with the secret that the stack was started with.
  const [secrets, tokens] = await Promise.all([openAppSecrets(target, app), openApiTokens(target, app)]);
  const clientSecret = crcKey(await secrets.read(), target.clock.now());
  const local = { clientId: 'local-client-id', ...(clientSecret === undefined ? {} : { clientSecret }) };
  await tokens.change((before) => ({ ...before, keys: { ...local, ...before.keys } }));
}
