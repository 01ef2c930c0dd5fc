import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readSignatures, verify } from '../../../shared/x/signature.ts';
import { startAnswerLimit } from './answer-limit.ts';
import { clientSecret, consumerSecret, startX } from './emulated-x.ts';
import { hmac } from './receiver.ts';

const body = '{"for_user_id":"2244","tweet_create_events":[{"id_str":"1","text":"caf\\u00e9 \\/"}]}';

describe('a delivery', () => {
  test('carries the bytes, both signatures and no User-Agent', async (t) => {
    const { x, receiver, register } = await startX(t);
    const webhookId = await register();

    const emitted = await x.emit({ webhookId, body });

    const [post] = receiver.posts;
    assert.equal(post?.body, body);
    assert.equal(post?.url, '/webhooks/x');
    assert.equal(post?.headers['content-type'], 'application/json');
    assert.equal(post?.headers['content-length'], String(body.length));
    assert.equal(post?.headers['user-agent'], undefined);
    assert.equal(post?.headers['x-twitter-webhooks-signature'], hmac(consumerSecret, body));
    assert.equal(post?.headers['x-twitter-webhooks-signature-oauth2'], hmac(clientSecret, body));
    const claimed = readSignatures(String(post?.headers['x-twitter-webhooks-signature-oauth2']));
    assert.ok(verify(claimed, Buffer.from(body), [clientSecret]));
    assert.deepEqual(emitted.attempts, [{ atMs: Date.UTC(2026, 10, 21, 12), status: 200 }]);
  });

  test('carries only the signature that is asked for, or that the app has a secret for', async (t) => {
    const { x, receiver, register } = await startX(t);
    const webhookId = await register();

    await x.emit({ webhookId, body, schemes: ['oauth2'] });
    await x.emit({ webhookId, body, schemes: ['legacy'] });

    const signed = receiver.posts.map(({ headers }) => [
      headers['x-twitter-webhooks-signature'] !== undefined,
      headers['x-twitter-webhooks-signature-oauth2'] !== undefined,
    ]);
    assert.deepEqual(signed, [
      [false, true],
      [true, false],
    ]);
  });

  test('carries bytes that are not UTF-8 unchanged', async (t) => {
    const { x, receiver, register } = await startX(t);
    const webhookId = await register();
    const bytes = Uint8Array.from([0xff, 0x00, 0xfe]);

    await x.emit({ webhookId, body: bytes });

    const signature = receiver.posts[0]?.headers['x-twitter-webhooks-signature'];
    assert.ok(verify(readSignatures(String(signature)), bytes, [consumerSecret]));
    assert.equal(receiver.posts[0]?.headers['content-length'], '3');
  });

  test('is tried again after 3, 27 and 242 seconds of the clock, and then no more', async (t) => {
    const { x, receiver, clock, register } = await startX(t);
    const webhookId = await register();
    receiver.post = () => ({ status: 503 });

    const { key, attempts } = await x.emit({ webhookId, body });
    assert.deepEqual(attempts.length, 1);
    for (const [index, waitMs] of [3_000, 27_000, 242_000].entries()) {
      await clock.sleeperAt(clock.now() + waitMs);
      clock.advance(waitMs - 1);
      assert.equal(receiver.posts.length, index + 1);
      assert.equal(x.sent.events.get(key)?.outcome, 'pending');
      clock.advance(1);
    }
    await x.idle();

    const startMs = Date.UTC(2026, 10, 21, 12);
    assert.deepEqual(
      x.sent.events.get(key)?.attempts,
      [0, 3_000, 30_000, 272_000].map((afterMs) => ({ atMs: startMs + afterMs, status: 503 })),
    );
    assert.equal(x.sent.events.get(key)?.outcome, 'failed');
  });

  for (const status of [201, 204, 302, 401, 429]) {
    test(`counts as undelivered when it is answered with ${status}, until a retry gets 200`, async (t) => {
      const { x, receiver, clock, register } = await startX(t);
      const webhookId = await register();
      receiver.post = (earlier) => ({ status: earlier === 0 ? status : 200 });

      const { key } = await x.emit({ webhookId, body });
      await clock.sleeperAt(clock.now() + 3_000);
      clock.advance(3_000);
      await x.idle();

      assert.equal(receiver.posts.length, 2);
      assert.equal(x.sent.events.get(key)?.outcome, 'delivered');
    });
  }

  test('that is not answered in time is tried again', async (t) => {
    const limit = startAnswerLimit();
    const { x, receiver, clock, register } = await startX(t, { startAnswerLimit: limit.start });
    const webhookId = await register();
    receiver.post = (earlier) => (earlier === 0 ? limit.pass() : { status: 200 });

    const { key, attempts } = await x.emit({ webhookId, body });
    await clock.sleeperAt(clock.now() + 3_000);
    clock.advance(3_000);
    await x.idle();

    const atMs = Date.UTC(2026, 10, 21, 12);
    assert.deepEqual(attempts, [{ atMs, failure: 'timeout' }]);
    assert.deepEqual(x.sent.events.get(key)?.attempts[1], { atMs: atMs + 3_000, status: 200 });
  });

  test('to a receiver that is gone is recorded as a failed connection', async (t) => {
    const { x, receiver, register } = await startX(t);
    const webhookId = await register();
    await receiver.close();

    const { attempts } = await x.emit({ webhookId, body, retry: false });

    assert.deepEqual(attempts, [{ atMs: Date.UTC(2026, 10, 21, 12), failure: 'connection' }]);
    await x.idle();
    assert.equal(x.sent.counts().failed, 1);
  });

  test('is withheld from an invalid webhook', async (t) => {
    const { x, receiver, api, register } = await startX(t);
    const webhookId = await register();
    receiver.crc = () => ({ status: 200, body: '{}' });
    await api(`PUT /2/webhooks/${webhookId}`);
    await x.idle();

    const { attempts } = await x.emit({ webhookId, body });

    assert.deepEqual(attempts, []);
    assert.equal(receiver.posts.length, 0);
    assert.equal(x.sent.counts().withheld, 1);
  });
});

describe('what was sent', () => {
  test('counts one body as one event, however often it is emitted', async (t) => {
    const { x, register } = await startX(t);
    const webhookId = await register();

    await x.emit({ webhookId, body, times: 3 });
    await x.emit({ webhookId, body });
    await x.emit({ webhookId, body: '{}' });

    assert.deepEqual(x.sent.counts(), {
      distinct: 2,
      delivered: 2,
      pending: 0,
      failed: 0,
      withheld: 0,
      streamed: 0,
      attempts: 5,
      deliveries: 5,
      replayed: 0,
    });
  });
});
