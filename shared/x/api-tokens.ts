import { type JsonObject, list, object } from '../domain/json.ts';
import { GaplessError } from '../errors.ts';

/** What one account gave the app. `expiresAt`: Unix ms, of the access token. */
export type UserToken =
  | {
      readonly scheme: 'oauth2';
      readonly accessToken: string;
      readonly refreshToken?: string;
      readonly expiresAt?: number;
      readonly scopes: readonly string[];
    }
  | { readonly scheme: 'oauth1'; readonly token: string; readonly tokenSecret: string };
export type OAuth2UserToken = Extract<UserToken, { scheme: 'oauth2' }>;

/** The app's own credentials, each of which may be absent. */
export const appKeyNames = [
  'bearerToken',
  'consumerKey',
  'consumerSecret',
  'clientId',
  'clientSecret',
  'accessToken',
  'accessTokenSecret',
] as const;
export type AppKeyName = (typeof appKeyNames)[number];
export type AppKeys = Readonly<Partial<Record<AppKeyName, string>>>;

/** All that speaks to X's API for one app: the text of the secret that the receiver cannot read. */
export interface ApiTokens {
  readonly keys: AppKeys;
  /** User id → what that account gave. */
  readonly users: Readonly<Record<string, UserToken>>;
}

/** Where they are kept. */
export interface ApiTokenStore {
  /** Empty where nothing was stored yet. Throws `GaplessError`. */
  read(): Promise<ApiTokens>;
  /** Changes what is stored without losing another's change; `change` may run more than once. Throws `GaplessError`. */
  change(change: (tokens: ApiTokens) => ApiTokens): Promise<void>;
}

export const noApiTokens: ApiTokens = { keys: {}, users: {} };

const malformed = (problem: string) =>
  new GaplessError(
    'SECRET_MALFORMED',
    `The secret with the app's credentials for X's API cannot be read: ${problem}. Write it again with gapless secrets set, and let the accounts log in again.`,
  );

function filled(value: unknown, place: string): string | undefined {
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string') throw malformed(`${place} is not a text`);
  return value;
}

function parseUser(value: unknown, place: string): UserToken {
  const user = object(value);
  const need = (name: string): string => {
    const text = filled(user?.[name], `${place}.${name}`);
    if (text === undefined) throw malformed(`${place}.${name} is missing`);
    return text;
  };
  if (user?.scheme === 'oauth1') {
    return { scheme: 'oauth1', token: need('token'), tokenSecret: need('tokenSecret') };
  }
  if (user?.scheme !== 'oauth2') throw malformed(`${place}.scheme is neither oauth1 nor oauth2`);
  const refreshToken = filled(user.refreshToken, `${place}.refreshToken`);
  const expiresAt = Date.parse(filled(user.expiresAt, `${place}.expiresAt`) ?? '');
  return {
    scheme: 'oauth2',
    accessToken: need('accessToken'),
    ...(refreshToken === undefined ? {} : { refreshToken }),
    ...(Number.isNaN(expiresAt) ? {} : { expiresAt }),
    scopes: list(user.scopes).filter((scope) => typeof scope === 'string'),
  };
}

function parseRecord(text: string): JsonObject {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw malformed('it is not JSON');
  }
  const record = object(parsed);
  if (record === undefined) throw malformed('it is not an object');
  return record;
}

/** Throws `SECRET_MALFORMED`, which tells the place and never the content. */
export function parseApiTokens(text: string): ApiTokens {
  const record = parseRecord(text);
  const keys = appKeyNames.flatMap((name) => {
    const value = filled(record[name], name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const users = Object.entries(object(record.users) ?? {}).map(
    ([id, user]) => [id, parseUser(user, `users.${id}`)] as const,
  );
  return { keys: Object.fromEntries(keys), users: Object.fromEntries(users) };
}

/** The text of the secret. Members of `before` that this version does not know stay. */
export function printApiTokens({ keys, users }: ApiTokens, before?: string): string {
  const rest = Object.entries(before === undefined ? {} : parseRecord(before)).filter(
    ([name]) => name !== 'users' && !appKeyNames.some((known) => known === name),
  );
  return JSON.stringify({ ...Object.fromEntries(rest), ...keys, users: mapUsers(users) });
}

function mapUsers(users: ApiTokens['users']) {
  return Object.fromEntries(
    Object.entries(users).map(([id, user]) => {
      if (user.scheme === 'oauth1' || user.expiresAt === undefined) return [id, user];
      return [id, { ...user, expiresAt: new Date(user.expiresAt).toISOString() }];
    }),
  );
}
