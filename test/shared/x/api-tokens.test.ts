import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parseApiTokens, printApiTokens } from '../../../shared/x/api-tokens.ts';

const filled = fc.string({ minLength: 1 });
const userToken = fc.oneof(
  fc.record({ scheme: fc.constant('oauth1' as const), token: filled, tokenSecret: filled }),
  fc.record(
    {
      scheme: fc.constant('oauth2' as const),
      accessToken: filled,
      refreshToken: filled,
      expiresAt: fc.integer({ min: 0, max: 4e12 }),
      scopes: fc.array(filled),
    },
    { requiredKeys: ['scheme', 'accessToken', 'scopes'] },
  ),
);
const apiTokens = fc.record({
  keys: fc.record({ bearerToken: filled, consumerKey: filled, clientSecret: filled }, { requiredKeys: [] }),
  users: fc.dictionary(fc.stringMatching(/^[1-9][0-9]{0,18}$/), userToken, { noNullPrototype: true }),
});
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('the credentials for X’s API', () => {
  test('read as they were printed', () => {
    fc.assert(
      fc.property(apiTokens, (tokens) => {
        assert.deepEqual(plain(parseApiTokens(printApiTokens(tokens))), plain(tokens));
      }),
    );
  });

  test('keep members that a newer version may have written', () => {
    const text = printApiTokens({ keys: { consumerKey: 'new' }, users: {} }, '{"later":{"a":1},"consumerKey":"old"}');

    assert.deepEqual(JSON.parse(text), { later: { a: 1 }, consumerKey: 'new', users: {} });
  });

  for (const [text, place] of [
    ['made-up-secret', 'it is not JSON'],
    ['["made-up-secret"]', 'it is not an object'],
    ['{"bearerToken":{"made-up-secret":1}}', 'bearerToken is not a text'],
    ['{"users":{"7":{"scheme":"made-up-secret"}}}', 'users.7.scheme is neither'],
    ['{"users":{"7":{"scheme":"oauth1","token":"made-up-secret"}}}', 'users.7.tokenSecret is missing'],
  ] as const) {
    test(`that are malformed: ${place}, and nothing of the content`, () => {
      assert.throws(
        () => parseApiTokens(text),
        (error: Error) => error.message.includes(place) && !error.message.includes('made-up-secret'),
      );
    });
  }
});
