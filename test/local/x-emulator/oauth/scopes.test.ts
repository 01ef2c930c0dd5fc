import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { member } from '../../../../shared/domain/json.ts';
import { exchangeCode } from '../../../../shared/x/oauth/oauth2.ts';
import { asUser, clientSecret, type EmulatedX, startX } from '../emulated-x.ts';
import { consentTo, redirectUri, verifier } from './consent.ts';

const subscriptions = '/2/activity/subscriptions';
const allScopes =
  'block.read broadcast.read dm.read dm.write like.read mute.read tweet.read users.read offline.access'.split(' ');

/** The header of a user who allowed these scopes. */
async function allowed({ x }: EmulatedX, userId: string, scopes: readonly string[]): Promise<string> {
  const { code } = await consentTo(x.url, userId, scopes.join(' '));
  const client = { baseUrl: x.url, clientId: 'client', clientSecret, timeoutMs: 5_000 };
  const token = await exchangeCode(client, { code, redirectUri, verifier }, 0);
  assert.ok(token.ok);
  return `Bearer ${token.value.accessToken}`;
}

const without = (...missing: readonly string[]) => allScopes.filter((scope) => !missing.includes(scope));

describe('X’s scopes:', () => {
  for (const [eventType, scope] of [
    ['post.create', 'tweet.read'],
    ['post.mention.create', 'tweet.read'],
    ['like.create', 'like.read'],
    ['follow.follow', 'tweet.read'],
    ['dm.received', 'dm.read'],
    ['chat.received', 'dm.read'],
    ['mute.mute', 'mute.read'],
    ['block.unblock', 'block.read'],
    ['broadcast.chat', 'broadcast.read'],
    ['broadcast.chat', 'tweet.read'],
  ] as const) {
    test(`a subscription to ${eventType} takes ${scope}`, async (t) => {
      const emulated = await startX(t);
      const body = { event_type: eventType, filter: { user_id: '77' } };

      const lacking = await emulated.api(`POST ${subscriptions}`, body, await allowed(emulated, '77', without(scope)));
      const enough = await emulated.api(`POST ${subscriptions}`, body, await allowed(emulated, '77', allScopes));

      assert.equal(lacking.status, 403);
      assert.deepEqual(
        ['title', 'detail', 'type', 'status'].map((name) => member(lacking.body, name)),
        ['Forbidden', 'Forbidden', 'about:blank', 403],
      );
      assert.equal(enough.status, 200);
    });
  }

  for (const [route, body, scope] of [
    ['POST /2/account_activity/webhooks/ID/subscriptions/all', {}, 'dm.write'],
    ['GET /2/account_activity/webhooks/ID/subscriptions/all', undefined, 'users.read'],
    [`GET ${subscriptions}`, undefined, 'like.read'],
    ['GET /2/users/me', undefined, 'users.read'],
  ] as const) {
    test(`${route} takes ${scope}`, async (t) => {
      const emulated = await startX(t);
      const request = route.replace('ID', await emulated.register());

      const lacking = await emulated.api(request, body, await allowed(emulated, '77', without(scope)));
      const enough = await emulated.api(request, body, await allowed(emulated, '77', allScopes));

      assert.deepEqual([lacking.status, enough.status], [403, 200]);
    });
  }

  test('webhooks take no user of OAuth 2.0, but one of OAuth 1.0a', async (t) => {
    const emulated = await startX(t);
    const path = `PUT /2/webhooks/${await emulated.register()}`;

    const oauth2 = await emulated.api(path, undefined, await allowed(emulated, '77', allScopes));
    const oauth1 = await emulated.api(path, undefined, asUser('77'));

    assert.deepEqual([oauth2.status, member(oauth2.body, 'title')], [403, 'Unsupported Authentication']);
    assert.equal(oauth1.status, 200);
  });

  for (const [whose, authorization, expected] of [
    ['the app', undefined, 403],
    ['another account', asUser('78'), 403],
    ['the account', asUser('77'), 200],
  ] as const) {
    test(`${whose} gets ${expected} for likes of an account, by OAuth 1.0a whatever was allowed`, async (t) => {
      const { api } = await startX(t);

      const body = { event_type: 'like.create', filter: { user_id: '77' } };
      const answer = await api(`POST ${subscriptions}`, body, authorization);

      assert.equal(answer.status, expected);
    });
  }
});
