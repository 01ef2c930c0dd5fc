import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { member } from '../../../shared/domain/json.ts';
import { type EmulatedX, messageOf, startX } from './emulated-x.ts';

const minuteMs = 60_000;
const startMs = Date.UTC(2026, 10, 21, 12);

async function isValid({ api }: EmulatedX): Promise<unknown> {
  const { body } = await api('GET /2/webhooks?webhook_config.fields=valid');
  const data = member(body, 'data');
  return Array.isArray(data) && member(data[0], 'valid');
}

async function validate(emulated: EmulatedX, webhookId: string): Promise<unknown> {
  await emulated.api(`PUT /2/webhooks/${webhookId}`);
  await emulated.x.idle();
  return isValid(emulated);
}

for (const mode of ['silent', 'dead-url'] as const) {
  describe(`while X’s deliveries are ${mode}`, () => {
    test('attempts are made, fail and run out', async (t) => {
      const { x, clock, receiver, register } = await startX(t);
      const webhookId = await register();
      x.outages.start({ mode });

      const { key } = await x.emit({ webhookId, body: '{}' });
      for (const waitMs of [3_000, 27_000, 242_000]) {
        await clock.sleeperAt(clock.now() + waitMs);
        clock.advance(waitMs);
      }
      await x.idle();

      const times = [0, 3_000, 30_000, 272_000].map((afterMs) => startMs + afterMs);
      assert.deepEqual(
        x.sent.events.get(key)?.attempts,
        times.map((atMs) => ({ atMs, failure: 'connection' })),
      );
      assert.equal(x.sent.events.get(key)?.outcome, 'failed');
      assert.equal(receiver.posts.length, 0);
    });

    test('checks fail as a connection that cannot be made, which the webhook survives', async (t) => {
      const emulated = await startX(t);
      const webhookId = await emulated.register();
      emulated.x.outages.start({ mode });

      assert.equal(await validate(emulated, webhookId), true);

      assert.equal(emulated.receiver.crcs.length, 1);
      const second = await emulated.api('POST /2/webhooks', { url: `${emulated.receiver.url}/second` });
      assert.equal(messageOf(second), 'CrcValidationFailed: URL could not be reached during CRC: connection');
    });

    test('a retry after its end arrives', async (t) => {
      const { x, clock, receiver, register } = await startX(t);
      const webhookId = await register();
      x.outages.start({ mode, untilMs: clock.now() + 10_000 });

      const { key } = await x.emit({ webhookId, body: '{}' });
      clock.advance(3_000);
      await clock.sleeperAt(clock.now() + 27_000);
      clock.advance(27_000);
      await x.idle();

      assert.equal(receiver.posts.length, 1);
      assert.equal(x.sent.events.get(key)?.outcome, 'delivered');
    });
  });
}

describe('while X holds the webhook invalid', () => {
  test('events are withheld, until a check passes', async (t) => {
    const emulated = await startX(t);
    const { x, receiver } = emulated;
    const webhookId = await emulated.register();
    x.outages.start({ mode: 'invalid' });

    assert.equal(await isValid(emulated), false);
    await x.emit({ webhookId, body: '{"n":1}' });
    assert.equal(await validate(emulated, webhookId), true);
    await x.emit({ webhookId, body: '{"n":2}' });

    assert.deepEqual(
      receiver.posts.map(({ body }) => body),
      ['{"n":2}'],
    );
    assert.equal(x.sent.counts().withheld, 1);
  });

  test('no check makes it valid before the time it was told', async (t) => {
    const emulated = await startX(t);
    const { x, clock, receiver } = emulated;
    const webhookId = await emulated.register();
    x.outages.start({ mode: 'invalid', untilMs: clock.now() + 10 * minuteMs });

    assert.equal(await validate(emulated, webhookId), false);
    assert.equal(receiver.crcs.length, 2);
    clock.advance(10 * minuteMs);
    assert.equal(await isValid(emulated), false);
    assert.equal(await validate(emulated, webhookId), true);
  });
});

describe('while X’s API is down', () => {
  test('it answers the wanted status, and deliveries go on', async (t) => {
    const { x, api, receiver, register } = await startX(t);
    const webhookId = await register();
    x.outages.start({ mode: 'api-down' });

    const answer = await api('GET /2/webhooks');
    await x.emit({ webhookId, body: '{}' });

    assert.equal(answer.status, 503);
    assert.equal(member(answer.body, 'title'), 'Service Unavailable');
    assert.equal(receiver.posts.length, 1);
  });

  test('a rate limit says when it opens, and then it is open', async (t) => {
    const { x, clock, register } = await startX(t);
    await register();
    const untilMs = clock.now() + 15 * minuteMs;
    x.outages.start({ mode: 'api-down', status: 429, untilMs });
    const list = () => fetch(`${x.url}/2/webhooks`, { headers: { authorization: 'Bearer test-bearer' } });

    const limited = await list();
    clock.advance(15 * minuteMs);
    const open = await list();

    assert.equal(limited.status, 429);
    assert.equal(limited.headers.get('x-rate-limit-reset'), String(untilMs / 1000));
    assert.equal(limited.headers.get('x-rate-limit-remaining'), '0');
    assert.equal(open.status, 200);
    assert.equal(open.headers.get('x-rate-limit-remaining'), '449');
  });

  test('only the paths that are named are', async (t) => {
    const { x, api, register } = await startX(t);
    await register();
    x.outages.start({ mode: 'api-down', status: 500, path: '/2/webhooks/replay' });

    assert.equal((await api('GET /2/webhooks')).status, 200);
    assert.equal((await api('POST /2/webhooks/replay', {})).status, 500);
  });
});

describe('POST /admin/outage', () => {
  test('starts, lists and ends outages', async (t) => {
    const { api } = await startX(t);
    const until = '2026-11-21T13:00:00Z';

    const silent = await api('POST /admin/outage', { mode: 'silent', until });
    const both = await api('POST /admin/outage', { mode: 'api-down', status: 500, path: '/2/webhooks' });

    assert.deepEqual(silent.body, { outages: [{ mode: 'silent', untilMs: Date.parse(until) }] });
    assert.equal((await api('GET /2/webhooks')).status, 500);
    const down = { mode: 'api-down', status: 500, path: '/2/webhooks' };
    assert.deepEqual(member(both.body, 'outages'), [{ mode: 'silent', untilMs: Date.parse(until) }, down]);
    const one = await api('POST /admin/outage', { mode: 'silent', off: true });
    assert.deepEqual(one.body, { outages: [down] });
    assert.deepEqual((await api('POST /admin/outage', { off: true })).body, { outages: [] });
  });

  for (const [body, message] of [
    [{}, /^mode:/],
    [{ mode: 'loud' }, /^mode:/],
    [{ mode: 'silent', until: 'tomorrow' }, /^until:/],
    [{ mode: 'silent', until: '2026-11-21T13:00:00' }, /^until:/],
    [{ mode: 'api-down', status: 200 }, /^status:/],
    [{ mode: 'api-down', path: 7 }, /^path:/],
    [{ off: 'yes' }, /^off:/],
  ] as const) {
    test(`refuses ${JSON.stringify(body)} and says why`, async (t) => {
      const { api } = await startX(t);

      const answer = await api('POST /admin/outage', body);

      assert.equal(answer.status, 400);
      assert.match(String(messageOf(answer)), message);
    });
  }
});
