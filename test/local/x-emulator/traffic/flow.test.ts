import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { asUser, clientSecret, consumerSecret, type EmulatedX, startX } from '../emulated-x.ts';
import { hmac } from '../receiver.ts';

async function subscribeAccount({ api, register }: EmulatedX): Promise<string> {
  const webhookId = await register();
  await api(`POST /2/account_activity/webhooks/${webhookId}/subscriptions/all`, {}, asUser('2244'));
  return webhookId;
}

/** Lets the clock run for `seconds`, ends the traffic, and lets the clock run on until everything has arrived. */
async function runFor({ x, clock }: EmulatedX, seconds: number): Promise<void> {
  const second = async () => {
    clock.advance(1000);
    // Traffic takes no time but promises: all that is due is on its way at the next turn of the event loop.
    await setImmediate();
  };
  for (let left = seconds; left > 0; left -= 1) await second();
  x.stopTraffic();
  let arrived = false;
  const idle = x.idle().then(() => {
    arrived = true;
  });
  while (!arrived) await second();
  await idle;
}

function bodiesOf({ receiver }: EmulatedX): readonly string[] {
  return receiver.posts.map(({ body }) => body);
}

describe('running traffic', () => {
  test('delivers signed JSON, each event once, and knows what it sent', async (t) => {
    const emulated = await startX(t);
    await subscribeAccount(emulated);

    emulated.x.startTraffic({ rate: 5 });
    await runFor(emulated, 60);

    const { receiver, x } = emulated;
    const counts = x.sent.counts();
    assert.ok(counts.distinct > 200 && counts.distinct < 400, `${counts.distinct} events in a minute at 5/s`);
    assert.equal(counts.delivered, counts.distinct);
    assert.equal(new Set(bodiesOf(emulated)).size, counts.distinct);
    assert.equal(receiver.posts.length, counts.distinct);
    const sentBodies = [...x.sent.events.values()].map(({ body }) => Buffer.from(body ?? []).toString());
    assert.deepEqual(sentBodies.sort(), [...bodiesOf(emulated)].sort());
    for (const { body, headers } of receiver.posts) {
      assert.doesNotThrow(() => JSON.parse(body));
      assert.match(body, /^[\x20-\x7e]+$/);
      assert.equal(headers['x-twitter-webhooks-signature'], hmac(consumerSecret, body));
      assert.equal(headers['x-twitter-webhooks-signature-oauth2'], hmac(clientSecret, body));
    }
  });

  test('comes only for what is subscribed and wanted', async (t) => {
    const emulated = await startX(t);
    const webhookId = await subscribeAccount(emulated);
    const subscription = { event_type: 'like.create', filter: { user_id: '5' }, webhook_id: webhookId };
    await emulated.api('POST /2/activity/subscriptions', subscription, asUser('5'));

    emulated.x.startTraffic({ rate: 5, kinds: ['xaa', 'aaa.follow', 'filtered_stream'] });
    await runFor(emulated, 60);

    const kinds = new Set([...emulated.x.sent.events.values()].map(({ kind }) => kind));
    assert.deepEqual([...kinds].sort(), ['aaa.follow', 'xaa.like.create']);
  });

  test('is none while nothing is subscribed', async (t) => {
    const emulated = await startX(t);
    await emulated.register();

    emulated.x.startTraffic({ rate: 5 });
    await runFor(emulated, 60);

    assert.equal(emulated.x.sent.counts().distinct, 0);
  });

  test('is the same again with the same seed', async (t) => {
    const runs = await Promise.all(
      [1, 2].map(async () => {
        const emulated = await startX(t);
        await subscribeAccount(emulated);
        emulated.x.startTraffic({ rate: 5 });
        await runFor(emulated, 10);
        return [...emulated.x.sent.events.keys()];
      }),
    );

    assert.ok((runs[0]?.length ?? 0) > 20);
    assert.deepEqual(runs[0], runs[1]);
  });

  test('with duplicates sends the wanted share twice, byte for byte', async (t) => {
    const emulated = await startX(t);
    await subscribeAccount(emulated);

    emulated.x.startTraffic({ rate: 5, duplicateShare: 0.3 });
    await runFor(emulated, 60);

    const { distinct, deliveries } = emulated.x.sent.counts();
    const share = (deliveries - distinct) / distinct;
    assert.ok(share > 0.2 && share < 0.4, `share ${share}`);
    assert.equal(emulated.receiver.posts.length, deliveries);
    assert.equal(new Set(bodiesOf(emulated)).size, distinct);
  });

  test('with disorder lets later events overtake, and loses none', async (t) => {
    const emulated = await startX(t);
    await subscribeAccount(emulated);

    emulated.x.startTraffic({ rate: 5, disorder: 0.5 });
    await runFor(emulated, 60);

    const { x } = emulated;
    assert.equal(x.sent.counts().delivered, x.sent.counts().distinct);
    const late = [...x.sent.events.values()].filter(
      ({ attempts, createdAtMs }) => (attempts[0]?.atMs ?? 0) - createdAtMs >= 1000,
    );
    const share = late.length / x.sent.counts().distinct;
    assert.ok(share > 0.3 && share < 0.6, `share ${share}`);
  });
});
