import { GaplessError } from '../../shared/errors.ts';
import type { Terminal } from '../framework/terminal.ts';
import type { Target } from '../target/target.ts';
import { type LoginRequest, login } from './login.ts';
import type { Login } from './login-by-oauth2.ts';
import { openApiTokens } from './open-stores.ts';
import type { OperatorCredentials } from './operator-credentials.ts';
import { connectedAppsPage, revokeLogin } from './revoke-login.ts';

/** Logs an account in and stores what it allowed. Throws `DECLINED` where another one than `account` is logged in, and as `login`. */
export async function loginAccount(
  target: Target,
  credentials: OperatorCredentials,
  { account, ...request }: LoginRequest & { readonly account: string | undefined },
  terminal: Terminal,
): Promise<Login> {
  const done = await login(target, credentials, request, terminal);
  const { userId, token } = done;
  const store = await openApiTokens(target, credentials.app);
  if (account !== undefined && account !== userId) {
    const what = await takeBack(target, credentials, done, terminal);
    throw new GaplessError(
      'DECLINED',
      `The browser is logged in as account ${userId}, not ${account}; nothing was stored${what}. Change the account at X and run it again.`,
    );
  }
  await store.change((tokens) => ({ ...tokens, users: { ...tokens.users, [userId]: token } }));
  return done;
}

/** Ends at X what nobody asked for. A login that the account had before stays: X may have given the same token again. */
async function takeBack(
  { xApiUrl }: Target,
  { keys, users }: OperatorCredentials,
  { userId, token }: Login,
  { clock }: Terminal,
): Promise<string> {
  if (users[userId] !== undefined) return ', and the login it had before stays as it was';
  const { kind } = await revokeLogin(xApiUrl, keys, token, clock);
  if (kind === 'revoked') return ', and X took back what the account had allowed';
  return `. X did not take back what the account allowed; it can do so itself at ${connectedAppsPage}`;
}
