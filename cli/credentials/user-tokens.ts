import { GaplessError } from '../../shared/errors.ts';
import { freshUserToken } from '../../shared/use-cases/fresh-user-token.ts';
import type { UserToken } from '../../shared/x/api-tokens.ts';
import { refreshToken } from '../../shared/x/oauth/oauth2.ts';
import type { Target } from '../target/target.ts';
import type { LoginCommand } from './login-command.ts';
import { openApiTokens } from './open-stores.ts';
import type { OperatorCredentials } from './operator-credentials.ts';

/** Gives a token of the account that X takes now. Throws `LOGIN_REQUIRED` with the command that gets one, or `X_REFUSED`. */
export type UserTokens = (userId: string) => Promise<UserToken>;

/** X's own answer comes in well under a second. */
const timeoutMs = 15_000;

/** Tokens of the stack's accounts, renewed when they have expired, one refresh token for all who ask at once. */
export async function openUserTokens(
  target: Target,
  { app, keys, users }: OperatorCredentials,
  login: LoginCommand,
): Promise<UserTokens> {
  const [tokens, { createDynamoDbClient }, { createRefreshClaims }] = await Promise.all([
    openApiTokens(target, app),
    import('../../shared/aws/clients/dynamodb.ts'),
    import('../../shared/aws/refresh-claims.ts'),
  ]);
  const { clock, outputs, clients, xApiUrl } = target;
  const client = createDynamoDbClient(clients.dynamodb);
  const claims = createRefreshClaims({ client, ledgerTable: outputs.ledgerTable, app, clock });
  const { clientId = '', clientSecret } = keys;
  const oauth2 = { baseUrl: xApiUrl, clientId, timeoutMs, ...(clientSecret === undefined ? {} : { clientSecret }) };
  const refresh = (spent: string) => refreshToken(oauth2, spent, clock.now());

  return async (userId) => {
    // The owner's token of the environment is in no store, and never expires.
    const known = users[userId];
    if (known?.scheme === 'oauth1') return known;
    const found = await freshUserToken({ clock, tokens, claims, refresh }, userId);
    if (found.kind === 'fresh') return found.token;
    if (found.kind === 'unavailable')
      throw new GaplessError('X_REFUSED', `Account ${userId}: ${found.why}. Try again.`);
    throw new GaplessError('LOGIN_REQUIRED', `Account ${userId} has to log in (${found.why}): ${login(userId)}`);
  };
}
