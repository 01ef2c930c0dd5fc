import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { matchRoute } from '../../../local/triggers/http-routes.ts';

const routes = [
  'ANY /hooks',
  'ANY /hooks/{app}',
  'GET /hooks/fixed',
  'GET /hooks/{app}',
  'GET /deep/{rest+}',
  'ANY /deep/{one}',
];
const match = (method: string, path: string, keys: readonly string[] = routes) => {
  const found = matchRoute(
    keys.map((routeKey) => ({ routeKey })),
    method,
    path,
  );
  return found === undefined ? undefined : [found.route.routeKey, found.pathParameters];
};

describe('the route of a request', () => {
  const cases: readonly (readonly [method: string, path: string, expected: unknown])[] = [
    ['POST', '/hooks', ['ANY /hooks', {}]],
    ['POST', '/hooks/a', ['ANY /hooks/{app}', { app: 'a' }]],
    ['GET', '/hooks/a', ['GET /hooks/{app}', { app: 'a' }]],
    ['GET', '/hooks/fixed', ['GET /hooks/fixed', {}]],
    ['POST', '/hooks/fixed', ['ANY /hooks/{app}', { app: 'fixed' }]],
    ['POST', '/hooks/a%20b', ['ANY /hooks/{app}', { app: 'a b' }]],
    ['POST', '/hooks/%E0', ['ANY /hooks/{app}', { app: '%E0' }]],
    ['GET', '/deep/a', ['ANY /deep/{one}', { one: 'a' }]],
    ['GET', '/deep/a/b', ['GET /deep/{rest+}', { rest: 'a/b' }]],
    ['POST', '/deep/a/b', undefined],
    ['POST', '/hooks/', undefined],
    ['POST', '/hooks/a/b', undefined],
    ['POST', '/Hooks', undefined],
    ['GET', '/', undefined],
  ];
  for (const [method, path, expected] of cases) {
    test(`${method} ${path} is ${JSON.stringify(expected) ?? 'none'}`, () =>
      assert.deepEqual(match(method, path), expected));
  }

  test('is $default where no other fits', () => {
    assert.deepEqual(match('GET', '/x', ['$default', 'GET /y']), ['$default', {}]);
    assert.deepEqual(match('GET', '/y', ['$default', 'GET /y']), ['GET /y', {}]);
  });
});
