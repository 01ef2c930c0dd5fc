import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { list, member } from '../../../shared/domain/json.ts';
import { asUser, type EmulatedX, messageOf, startX } from './emulated-x.ts';

const path = '/2/activity/subscriptions';

async function create({ api }: EmulatedX, body: object): Promise<string> {
  const answer = await api(`POST ${path}`, body);
  assert.equal(answer.status, 200, String(messageOf(answer)));
  return String(member(answer.body, 'data', 'subscription', 'subscription_id'));
}

describe('an X Activity subscription', () => {
  test('is created, changed in tag and webhook, and deleted', async (t) => {
    const emulated = await startX(t);
    const { api, clock } = emulated;
    const webhookId = await emulated.register();
    const request = { event_type: 'like.create', filter: { user_id: '2244', direction: 'inbound' }, tag: 'likes' };

    const created = await api(`POST ${path}`, { ...request, webhook_id: webhookId }, asUser('2244'));

    const id = member(created.body, 'data', 'subscription', 'subscription_id');
    const subscription = {
      subscription_id: id,
      ...request,
      webhook_id: webhookId,
      created_at: '2026-11-21T12:00:00.000Z',
      updated_at: '2026-11-21T12:00:00.000Z',
    };
    assert.deepEqual(created.body, { data: { subscription }, meta: { total_subscriptions: 1 } });

    clock.advance(1000);
    const changed = { ...subscription, tag: 'hearts', updated_at: '2026-11-21T12:00:01.000Z' };
    assert.deepEqual((await api(`PUT ${path}/${id}`, { tag: 'hearts' })).body, {
      data: { subscription: changed, total_subscriptions: 1 },
    });
    assert.deepEqual((await api(`GET ${path}`)).body, { data: [changed], meta: { result_count: 1 } });
    assert.deepEqual((await api(`DELETE ${path}/${id}`)).body, { data: { deleted: true } });
    assert.equal((await api(`DELETE ${path}/${id}`)).status, 404);
    assert.equal((await api(`PUT ${path}/${id}`, {})).status, 404);
  });

  test('is refused when there is one with the same type and filter', async (t) => {
    const emulated = await startX(t);
    await create(emulated, { event_type: 'post.create', filter: { user_id: '1' } });

    const again = await emulated.api(`POST ${path}`, { event_type: 'post.create', filter: { user_id: '1' }, tag: 'b' });

    assert.equal(again.status, 400);
    assert.match(String(messageOf(again)), /Duplicate/);
    await create(emulated, { event_type: 'post.create', filter: { user_id: '2' } });
  });

  test('takes a user’s token too, and the deprecated name of chat.conversation.join', async (t) => {
    const { api } = await startX(t);

    const body = { event_type: 'chat.conversation_join', filter: { user_id: '1' } };
    const answer = await api(`POST ${path}`, body, asUser('1'));

    assert.equal(member(answer.body, 'data', 'subscription', 'event_type'), 'chat.conversation.join');
  });

  test('is refused at the limit of the app', async (t) => {
    const emulated = await startX(t, { activitySubscriptionLimit: 1 });
    await create(emulated, { event_type: 'post.create', filter: { user_id: '1' } });

    const more = await emulated.api(`POST ${path}`, { event_type: 'post.create', filter: { user_id: '2' } });

    assert.equal(messageOf(more), 'SubscriptionLimitExceeded: ');
  });

  const user = { user_id: '1' };
  for (const [body, message] of [
    [{ event_type: 'tweet_create_events', filter: user }, /^\$\.event_type/],
    [{ event_type: 'post.create' }, /^\$\.filter/],
    [{ event_type: 'post.create', filter: {} }, /^\$\.filter\.user_id/],
    [{ event_type: 'post.create', filter: { user_id: 'jack' } }, /^\$\.filter\.user_id/],
    [{ event_type: 'post.create', filter: { user_id: 1 } }, /^\$\.filter: strings/],
    [{ event_type: 'post.create', filter: { ...user, direction: 'sent' } }, /^\$\.filter\.direction: must be/],
    [{ event_type: 'mute.mute', filter: { ...user, direction: 'outbound' } }, /direction: is not supported/],
    [{ event_type: 'post.create', filter: { ...user, language: 'en' } }, /^\$\.filter\.language/],
    [{ event_type: 'news.new', filter: user }, /^\$\.filter\.keyword/],
    [{ event_type: 'post.create', filter: user, tag: '' }, /^\$\.tag/],
    [{ event_type: 'post.create', filter: user, webhook_id: 'x' }, /^\$\.webhook_id/],
    [{ event_type: 'post.create', filter: user, webhook_id: '1' }, /^WebhookIdInvalid/],
    [{ event_type: 'post.create', filter: user, url: 'x' }, /^\$\.url/],
  ] as const) {
    test(`is refused as ${JSON.stringify(body)}`, async (t) => {
      const { api } = await startX(t);

      const answer = await api(`POST ${path}`, body);

      assert.equal(answer.status, 400);
      assert.match(String(messageOf(answer)), message);
    });
  }
});

describe('the list of X Activity subscriptions', () => {
  test('comes in pages', async (t) => {
    const emulated = await startX(t);
    const ids: string[] = [];
    for (let user = 1; user <= 5; user += 1) {
      ids.push(await create(emulated, { event_type: 'post.create', filter: { user_id: String(user) } }));
    }

    const pages: unknown[][] = [];
    let next: unknown;
    do {
      const token = next === undefined ? '' : `&pagination_token=${next}`;
      const { body } = await emulated.api(`GET ${path}?max_results=2${token}`);
      pages.push(list(member(body, 'data')).map((one) => member(one, 'subscription_id')));
      next = member(body, 'meta', 'next_token');
    } while (next !== undefined);

    assert.deepEqual(pages, [ids.slice(0, 2), ids.slice(2, 4), ids.slice(4)]);
  });

  test('shows a user their own and the app all', async (t) => {
    const emulated = await startX(t);
    for (const user_id of ['1', '2']) await create(emulated, { event_type: 'post.create', filter: { user_id } });

    const seenBy = async (authorization?: string) =>
      list(member((await emulated.api(`GET ${path}`, undefined, authorization)).body, 'data')).length;

    assert.deepEqual([await seenBy(asUser('1')), await seenBy()], [1, 2]);
  });

  for (const query of ['max_results=0', 'max_results=1001', 'max_results=many', 'pagination_token=short']) {
    test(`refuses ${query}`, async (t) => {
      const { api } = await startX(t);

      assert.equal((await api(`GET ${path}?${query}`)).status, 400);
    });
  }

  test('loses several at once, telling which were not there', async (t) => {
    const emulated = await startX(t);
    const one = await create(emulated, { event_type: 'post.create', filter: { user_id: '1' } });
    await create(emulated, { event_type: 'post.create', filter: { user_id: '2' } });

    const { status, body } = await emulated.api(`DELETE ${path}?ids=${one},99`);

    assert.equal(status, 200);
    assert.deepEqual(body, {
      data: [{ subscription_id: one, deleted: true }],
      errors: [{ subscription_id: '99', reason: 'NotFound', message: 'Subscription does not exist' }],
      meta: { total_subscriptions: 1 },
    });
    assert.equal((await emulated.api(`DELETE ${path}`)).status, 400);
  });
});
