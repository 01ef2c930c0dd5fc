import { GaplessError } from '../../shared/errors.ts';
import type { ApiTokens, AppKeys, UserToken } from '../../shared/x/api-tokens.ts';
import type { CommandLine } from '../target/command-line.ts';
import type { Target } from '../target/target.ts';
import { type Environment, keysFromEnvironment } from './environment-keys.ts';
import { openApiTokens } from './open-stores.ts';

/** What the operator may speak to X's API with, for one app. OAuth 2.0 tokens of users may have expired: `freshUserToken` renews them. */
export interface OperatorCredentials extends ApiTokens {
  readonly app: string;
}

/**
 * What the stack's secret holds, and from the environment what it lacks. An environment with another app's consumer key
 * or client id adds nothing. Throws `NOT_FOUND` for an unknown app, `SECRET_UNAVAILABLE`, `SECRET_MALFORMED`.
 */
export async function readOperatorCredentials(
  target: Target,
  app: string,
  env: Environment,
): Promise<OperatorCredentials> {
  const stored = await (await openApiTokens(target, app)).read();
  const keys = withEnvironment(stored.keys, keysFromEnvironment(env));
  return { app, keys, users: { ...ownerOf(keys), ...stored.users } };
}

/** The app's bearer token. Throws `LOGIN_REQUIRED` with what to do when there is none. */
export function requireBearerToken({ app, keys }: OperatorCredentials, command: CommandLine): string {
  if (keys.bearerToken !== undefined) return keys.bearerToken;
  throw new GaplessError(
    'LOGIN_REQUIRED',
    `App ${app} has no bearer token for X's API. Store it with ${command('secrets set')}, or set X_BEARER_TOKEN.`,
  );
}

function withEnvironment(stored: AppKeys, env: AppKeys): AppKeys {
  const isAnothers = (['consumerKey', 'clientId'] as const).some(
    (name) => stored[name] !== undefined && env[name] !== undefined && stored[name] !== env[name],
  );
  return isAnothers ? stored : { ...env, ...stored };
}

/** The account that owns the app: its access token from the developer portal begins with its user id. */
function ownerOf({ accessToken, accessTokenSecret }: AppKeys): Readonly<Record<string, UserToken>> {
  const userId = /^(\d{1,19})-/.exec(accessToken ?? '')?.[1];
  if (userId === undefined || accessToken === undefined || accessTokenSecret === undefined) return {};
  return { [userId]: { scheme: 'oauth1', token: accessToken, tokenSecret: accessTokenSecret } };
}
