import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asUser, messageOf, startX } from './emulated-x.ts';

const at = (webhookId: string, path = '') => `/2/account_activity/webhooks/${webhookId}/subscriptions${path}`;

test('subscribes the user whose token is sent, lists, counts and removes', async (t) => {
  const { api, register, receiver } = await startX(t, { accountSubscriptionLimit: 2 });
  const id = await register();
  const subscribe = (userId: string) => api(`POST ${at(id)}/all`, {}, asUser(userId));
  const isSubscribed = async (userId: string) => (await api(`GET ${at(id)}/all`, undefined, asUser(userId))).body;

  assert.deepEqual(await isSubscribed('2244'), { data: { subscribed: false } });
  assert.deepEqual((await subscribe('2244')).body, { data: { subscribed: true } });
  assert.deepEqual((await subscribe('1500000000000000001')).body, { data: { subscribed: true } });
  assert.deepEqual(await isSubscribed('2244'), { data: { subscribed: true } });
  assert.equal(messageOf(await subscribe('2244')), 'DuplicateSubscriptionFailed: Subscription already exists');
  assert.equal(messageOf(await subscribe('3')), 'SubscriptionLimitExceeded: ');

  assert.deepEqual((await api(`GET ${at(id)}/all/list`)).body, {
    data: {
      application_id: '29820954',
      webhook_id: id,
      webhook_url: receiver.url,
      subscriptions: [{ user_id: '2244' }, { user_id: '1500000000000000001' }],
    },
  });
  assert.deepEqual((await api(`DELETE ${at(id)}/2244/all`)).body, { data: { subscribed: false } });
  assert.equal(messageOf(await api(`DELETE ${at(id)}/2244/all`)), 'SubscriptionNotFound: Subscription does not exist');
  assert.deepEqual((await api('GET /2/account_activity/subscriptions/count')).body, {
    data: {
      account_name: 'made-up-account',
      provisioned_count: '2',
      subscriptions_count_all: '1',
      subscriptions_count_direct_messages: '0',
    },
  });
});

test('answers WebhookIdInvalid for a webhook that is not there', async (t) => {
  const { api } = await startX(t);
  const answers = [
    await api(`POST ${at('1')}/all`, {}, asUser('2244')),
    await api(`GET ${at('1')}/all`, undefined, asUser('2244')),
    await api(`GET ${at('1')}/all/list`),
    await api(`DELETE ${at('1')}/2244/all`),
  ];

  for (const answer of answers) {
    assert.equal(answer.status, 400);
    assert.equal(messageOf(answer), 'WebhookIdInvalid: Webhook does not exist');
  }
});
