import type { AppKeyName, AppKeys } from '../../shared/x/api-tokens.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where the environment has each of an app's keys, in the order in which X's developer portal shows them. */
export const keyVariables = {
  consumerKey: 'X_CONSUMER_KEY',
  consumerSecret: 'X_CONSUMER_SECRET',
  bearerToken: 'X_BEARER_TOKEN',
  clientId: 'X_CLIENT_ID',
  clientSecret: 'X_CLIENT_SECRET',
  accessToken: 'X_ACCESS_TOKEN',
  accessTokenSecret: 'X_ACCESS_TOKEN_SECRET',
} as const satisfies Record<AppKeyName, string>;

/** What is not set, or set to nothing, is absent. */
export function keysFromEnvironment(env: Environment): AppKeys {
  return pickFilled(Object.entries(keyVariables).map(([name, variable]) => [name, env[variable]]));
}

/** Names to values, without those that have none. */
export function pickFilled<N extends string>(
  entries: readonly (readonly [name: N, value: string | undefined])[],
): Readonly<Partial<Record<N, string>>> {
  const keys: Partial<Record<N, string>> = {};
  for (const [name, value] of entries) if (value) keys[name] = value;
  return keys;
}
