import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type RunningStack, startRunningStack } from '../support/running-stack.ts';

const dm = (forUser: string) => ({
  for_user_id: forUser,
  direct_message_events: [
    {
      type: 'message_create',
      id: '1500000000000000001',
      created_timestamp: '1795000000000',
      message_create: { sender_id: '71', target: { recipient_id: '72' }, message_data: { text: 'see you' } },
    },
  ],
  users: { 71: { id: '71', screen_name: 'ana' }, 72: { id: '72', screen_name: 'bo' } },
});

const news = (keyword: string) => ({
  data: {
    event_uuid: '1500000000000000002',
    event_type: 'news.new',
    filter: { keyword },
    payload: { id: '1500000000000000002', name: 'Bridge opened', updated_at: '2026-11-20T10:00:00.000Z' },
  },
});

const follow = (source: string, at: string) => ({
  type: 'follow',
  created_timestamp: at,
  source: { id_str: source, screen_name: `user${source}` },
  target: { id_str: '73', screen_name: 'cy' },
});

describe('deliveries that hold or are several events', () => {
  let stack: RunningStack;
  before(async () => {
    stack = await startRunningStack();
  });
  after(() => stack.close());

  const post = async (...bodies: readonly object[]) => {
    for (const body of bodies) assert.equal(await stack.post(JSON.stringify(body)), 200);
    await stack.drained();
  };
  const storedOf = async (account: string) => Array.fromAsync(stack.reader.events.byAccount(account));

  test('two subscribed users in one direct message are two events', async () => {
    await post(dm('71'), dm('72'));

    assert.deepEqual(
      [...(await storedOf('71')), ...(await storedOf('72'))].map(({ type }) => type),
      ['dm.sent', 'dm.received'],
    );
  });

  test('one news item for two keywords is two events', async () => {
    await post(news('bridge'), news('river'));

    assert.equal((await storedOf('bridge')).length, 1);
    assert.equal((await storedOf('river')).length, 1);
  });

  test('an array of three entries is three events, each with the delivery reduced to it', async () => {
    const entries = [follow('81', '1795000000001'), follow('82', '1795000000002'), follow('83', '1795000000003')];
    await post({ for_user_id: '73', follow_events: entries, extra: { kept: 1 } });

    const payloads = (await storedOf('73')).map(({ payload }): unknown => JSON.parse(payload));
    const reduced = entries.map((entry) => ({ for_user_id: '73', follow_events: [entry], extra: { kept: 1 } }));
    assert.deepEqual(payloads, reduced.toReversed());
  });

  test('a body with two event keys is both', async () => {
    const deletion = { status: { id: '1500000000000000009', user_id: '74' }, timestamp_ms: '1795000000004' };
    await post({ for_user_id: '74', follow_events: [follow('84', '1795000000005')], tweet_delete_events: [deletion] });

    assert.deepEqual(
      (await storedOf('74')).map(({ type }) => type),
      ['follow.follow', 'post.delete'],
    );
  });

  test('an empty signed body, one that is not JSON and one that is not text are stored as unknown', async () => {
    const before = (await stack.stored()).length;
    const bodies = ['', 'not { json', Buffer.from([0xff, 0xfe, 0x00])];
    for (const body of bodies) assert.equal(await stack.post(body), 200);
    await stack.drained();

    const stored = (await stack.stored()).filter(({ type }) => type === 'unknown');
    assert.deepEqual(stored.map(({ payloadFormat }) => payloadFormat).sort(), ['base64', 'text', 'text']);
    assert.equal((await stack.stored()).length, before + 3);
  });

  test('a body of 4 MB comes through whole', async () => {
    const text = 'ü'.repeat(2_000_000);
    const body = {
      for_user_id: '75',
      tweet_create_events: [{ id_str: '1500000000000000010', text, user: { id_str: '75' } }],
    };
    await post(body);

    const [stored] = await storedOf('75');
    assert.equal(stored?.payload, JSON.stringify(body));
  });
});
