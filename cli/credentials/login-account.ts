import { GaplessError } from '../../shared/errors.ts';
import type { Terminal } from '../framework/terminal.ts';
import type { Target } from '../target/target.ts';
import { type LoginRequest, login } from './login.ts';
import type { Login } from './login-by-oauth2.ts';
import { openApiTokens } from './open-stores.ts';
import type { OperatorCredentials } from './operator-credentials.ts';

/** Logs an account in and stores what it allowed. Throws `DECLINED` where another one than `account` is logged in, and as `login`. */
export async function loginAccount(
  target: Target,
  credentials: OperatorCredentials,
  { account, ...request }: LoginRequest & { readonly account: string | undefined },
  terminal: Terminal,
): Promise<Login> {
  const done = await login(target, credentials, request, terminal);
  const { userId, token } = done;
  if (account !== undefined && account !== userId) {
    throw new GaplessError(
      'DECLINED',
      `The browser is logged in as account ${userId}, not ${account}; nothing was stored. Change the account at X and run it again.`,
    );
  }
  const store = await openApiTokens(target, credentials.app);
  await store.change((tokens) => ({ ...tokens, users: { ...tokens.users, [userId]: token } }));
  return done;
}
