import { GaplessError } from '../../shared/errors.ts';
import type { AppKeyName, AppKeys } from '../../shared/x/api-tokens.ts';
import { keyVariables, pickFilled } from './environment-keys.ts';

/** What people call them, in messages. */
export const keyLabels: Readonly<Record<AppKeyName, string>> = {
  consumerKey: 'consumer key',
  consumerSecret: 'consumer secret',
  bearerToken: 'bearer token',
  clientId: 'client id',
  clientSecret: 'client secret',
  accessToken: 'access token',
  accessTokenSecret: 'access token secret',
};

/** X documents no shapes, so these are only used where they tell two values apart: all that it has issued for years look so. */
const looksLikeBearer = (value: string) => /^A{8}/.test(value);
const looksLikeAccessToken = (value: string) => /^\d{1,19}-\w{20,}$/.test(value);
const looksLikeClientId = (value: string) => /:1:ci$/.test(Buffer.from(value, 'base64').toString('latin1'));
const looksLikeConsumerKey = ({ length }: string) => length <= 30;
const looksLikeConsumerSecret = ({ length }: string) => length >= 40;

/** Keys without the white space that copying leaves around them. Throws `CREDENTIALS_MALFORMED`, which names the key and never its value. */
export function checkKeys(given: AppKeys): AppKeys {
  const keys = pickFilled(namesOf(given).map((name) => [name, given[name]?.trim()] as const));
  const problem = malformedKey(keys) ?? swappedPair(keys) ?? misplacedKey(keys) ?? repeatedKey(keys);
  if (problem !== undefined) {
    throw new GaplessError(
      'CREDENTIALS_MALFORMED',
      `Nothing was stored: ${problem}. Copy it again from the developer portal.`,
    );
  }
  return keys;
}

/** Those that are there. */
export function namesOf(keys: AppKeys): readonly AppKeyName[] {
  return keyNames.filter((name) => keys[name] !== undefined);
}

const isKeyName = (name: string): name is AppKeyName => Object.hasOwn(keyVariables, name);
export const keyNames: readonly AppKeyName[] = Object.keys(keyVariables).filter(isKeyName);

function malformedKey(keys: AppKeys): string | undefined {
  const broken = namesOf(keys).find((name) => /[\s"'`]|^<.*>$/.test(keys[name] ?? ''));
  return broken && `the ${keyLabels[broken]} has a space, a line break or a quotation mark in it`;
}

function swappedPair({ consumerKey = '', consumerSecret = '', ...keys }: AppKeys): string | undefined {
  const { clientId = '', clientSecret = '', accessToken = '', accessTokenSecret = '' } = keys;
  if (consumerSecret && looksLikeConsumerSecret(consumerKey) && looksLikeConsumerKey(consumerSecret))
    return 'consumer key and consumer secret seem to be swapped';
  if (looksLikeClientId(clientSecret) && !looksLikeClientId(clientId))
    return 'client id and client secret seem to be swapped';
  if (looksLikeAccessToken(accessTokenSecret) && !looksLikeAccessToken(accessToken))
    return 'access token and access token secret seem to be swapped';
  return undefined;
}

function misplacedKey({ bearerToken, ...rest }: AppKeys): string | undefined {
  const others: AppKeys = rest;
  const bearer = namesOf(others).find((name) => looksLikeBearer(others[name] ?? ''));
  if (bearer !== undefined) return `the ${keyLabels[bearer]} looks like a bearer token`;
  if (bearerToken !== undefined && looksLikeAccessToken(bearerToken))
    return 'the bearer token looks like an access token';
  return undefined;
}

function repeatedKey(keys: AppKeys): string | undefined {
  const names = namesOf(keys);
  const again = names.find((name, at) => names.slice(0, at).some((earlier) => keys[earlier] === keys[name]));
  const first = names.find((name) => again !== undefined && keys[name] === keys[again]);
  return again && first && `${keyLabels[first]} and ${keyLabels[again]} are the same`;
}
