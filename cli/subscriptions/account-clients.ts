import { GaplessError } from '../../shared/errors.ts';
import type { AccountClient } from '../../shared/x/api/subscriptions-api.ts';
import { paceCalls } from '../../shared/x/api/subscriptions-client.ts';
import type { CallPace } from '../../shared/x/api/subscriptions-pace.ts';
import { createUserClient } from '../../shared/x/api/user-client.ts';
import type { UserToken } from '../../shared/x/api-tokens.ts';
import type { LoginCommand } from '../credentials/login-command.ts';
import type { OperatorCredentials } from '../credentials/operator-credentials.ts';
import { openUserTokens } from '../credentials/user-tokens.ts';
import type { Target } from '../target/target.ts';

const timeoutMs = 10_000;
/** A token that ends within this time is renewed first. */
const marginMs = 2 * 60_000;

/** Clients that speak for accounts. A token is asked for once, and again when it has expired: an apply may take hours. */
export async function openAccountClients(
  target: Target,
  credentials: OperatorCredentials,
  { pace, login }: { readonly pace: CallPace; readonly login: LoginCommand },
): Promise<(userId: string) => Promise<AccountClient>> {
  const { xApiUrl: baseUrl, clock } = target;
  const tokenOf = await openUserTokens(target, credentials, login);
  const known = new Map<string, UserToken>();
  return async (userId) => {
    try {
      const before = known.get(userId);
      const user = before && isGood(before, clock.now()) ? before : await tokenOf(userId);
      known.set(userId, user);
      const client = createUserClient({ baseUrl, user, keys: credentials.keys, timeoutMs });
      const paced = { kind: 'client', client: paceCalls(client, userId, pace) } as const;
      return user.scheme === 'oauth1'
        ? { ...paced, scheme: 'oauth1' }
        : { ...paced, scheme: 'oauth2', scopes: user.scopes };
    } catch (error) {
      if (!(error instanceof GaplessError)) throw error;
      if (error.code === 'LOGIN_REQUIRED') return { kind: 'login-needed', why: error.message };
      // Only a token that has to be renewed can be unavailable.
      return { kind: 'unavailable', why: error.message, scheme: 'oauth2' };
    }
  };
}

const isGood = (token: UserToken, nowMs: number) =>
  token.scheme === 'oauth1' || token.expiresAt === undefined || nowMs < token.expiresAt - marginMs;
