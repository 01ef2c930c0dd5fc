import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { member } from '../../../../shared/domain/json.ts';
import { asUser, type EmulatedX, startX } from '../emulated-x.ts';
import { readStream } from './reading.ts';

async function subscribe({ api }: EmulatedX, eventType: string, webhookId?: string): Promise<void> {
  const request = { event_type: eventType, filter: { user_id: '2244' }, ...(webhookId && { webhook_id: webhookId }) };
  assert.equal((await api('POST /2/activity/subscriptions', request, asUser('2244'))).status, 200);
}

describe('traffic of the activity stream', () => {
  test('comes at a steady rate for subscriptions without a webhook, and counts as sent', async (t) => {
    const emulated = await startX(t);
    await subscribe(emulated, 'post.create');
    const { x, clock } = emulated;
    const reader = await readStream(t, emulated);

    x.startTraffic({ rate: 250, steady: true });
    for (let seconds = 4; seconds > 0; seconds -= 1) {
      clock.advance(1_000);
      await x.caughtUp();
    }
    await reader.until(() => reader.lines.length >= 1_000);

    assert.equal(reader.lines.length, 1_000);
    const { distinct, streamed, attempts } = x.sent.counts();
    assert.deepEqual([distinct, streamed, attempts], [1_000, 1_000, 0]);
    const times = [...x.sent.events.values()].map(({ createdAtMs }) => createdAtMs);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    assert.deepEqual(new Set(gaps), new Set([4]));
  });

  test('is not seen by a webhook, and that with a webhook is seen by both', async (t) => {
    const emulated = await startX(t);
    const webhookId = await emulated.register();
    await subscribe(emulated, 'post.create');
    await subscribe(emulated, 'like.create', webhookId);
    const { x, clock } = emulated;
    const reader = await readStream(t, emulated);

    x.startTraffic({ rate: 20, steady: true });
    clock.advance(5_000);
    await x.idle();
    await reader.until(() => reader.lines.length >= 100);

    const posted = emulated.receiver.posts.map(({ body }) => body).sort();
    const streamed = reader.text.split('\r\n').filter((line) => line.includes('like.create'));
    assert.ok(posted.length > 10, String(posted.length));
    assert.deepEqual(streamed.sort(), posted);
  });

  test('can be in the form that older documents show', async (t) => {
    const emulated = await startX(t);
    const webhookId = await emulated.register();
    await emulated.api(`POST /2/account_activity/webhooks/${webhookId}/subscriptions/all`, {}, asUser('2244'));
    const { x, clock } = emulated;
    const reader = await readStream(t, emulated);

    x.startTraffic({ rate: 10, steady: true, kinds: ['aaa.like', 'aaa.post'], legacyLines: true });
    clock.advance(2_000);
    await x.idle();
    await reader.until(() => reader.lines.length >= 20);

    assert.ok(reader.lines.every((line) => member(line, 'for_user_id') === '2244'));
    assert.equal(emulated.receiver.posts.length, 0);
    assert.equal(x.sent.counts().streamed, 20);
  });
});
