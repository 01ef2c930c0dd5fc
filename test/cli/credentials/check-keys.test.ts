import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkKeys } from '../../../cli/credentials/check-keys.ts';
import type { AppKeys } from '../../../shared/x/api-tokens.ts';

const short = 'k'.repeat(25);
const long = 's'.repeat(50);
const clientId = Buffer.from('made-up-client-id-abcde:1:ci').toString('base64url');
const accessToken = `2244994945-${'t'.repeat(40)}`;
const bearer = `${'A'.repeat(22)}${'b'.repeat(80)}`;

describe('an app’s keys', () => {
  test('pass without the white space around them', () => {
    const keys = {
      consumerKey: short,
      consumerSecret: long,
      bearerToken: bearer,
      clientId,
      clientSecret: 'c'.repeat(50),
      accessToken,
      accessTokenSecret: 'x'.repeat(45),
    };
    const padded = Object.fromEntries(Object.entries(keys).map(([name, value]) => [name, ` ${value}\r\n`]));

    assert.deepEqual(checkKeys(padded), keys);
  });

  const faults: readonly (readonly [keys: AppKeys, why: string])[] = [
    [{ consumerKey: long, consumerSecret: short }, 'consumer key and consumer secret seem to be swapped'],
    [{ clientId: long, clientSecret: clientId }, 'client id and client secret seem to be swapped'],
    [{ accessToken: long, accessTokenSecret: accessToken }, 'access token and access token secret seem to be swapped'],
    [{ consumerSecret: bearer }, 'the consumer secret looks like a bearer token'],
    [{ bearerToken: accessToken }, 'the bearer token looks like an access token'],
    [{ consumerSecret: long, clientSecret: long }, 'consumer secret and client secret are the same'],
    [{ clientSecret: 'made up' }, 'the client secret has a space'],
    [{ clientSecret: '"made-up"' }, 'or a quotation mark in it'],
  ];
  for (const [keys, why] of faults) {
    test(`are refused, and not shown: ${why}`, () => {
      assert.throws(
        () => checkKeys(keys),
        (error: Error) =>
          error.message.includes(why) && !Object.values(keys).some((value) => error.message.includes(value)),
      );
    });
  }
});
