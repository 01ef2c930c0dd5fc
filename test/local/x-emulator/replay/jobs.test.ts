import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { clientSecret, consumerSecret } from '../emulated-x.ts';
import { hmac } from '../receiver.ts';
import { eventsIn, numbered, startReplaying, statesIn } from './replaying.ts';

const startMs = Date.UTC(2026, 10, 21, 12);
const minuteMs = 60_000;

describe('a replay job', () => {
  test('delivers what was sent in its window, signed, and then says that it is complete', async (t) => {
    const { ask, finish, receiver, replayed, lastJob, webhookId } = await startReplaying(t, numbered(10));

    await ask('1203', '1206');
    await finish();

    const { jobId } = lastJob();
    const status = {
      webhook_id: webhookId,
      job_state: 'Complete',
      job_state_description: 'Job completed successfully',
      job_id: jobId,
    };
    assert.deepEqual([...replayed()].slice(0, 3).sort(), ['{"n":3}', '{"n":4}', '{"n":5}']);
    assert.deepEqual(
      replayed()
        .slice(3)
        .map((body) => JSON.parse(body)),
      [{ replay_job_status: status }],
    );
    for (const { body, headers } of receiver.posts.slice(10)) {
      assert.equal(headers['x-twitter-webhooks-signature'], hmac(consumerSecret, body));
      assert.equal(headers['x-twitter-webhooks-signature-oauth2'], hmac(clientSecret, body));
    }
    const beganAtMs = startMs + 60 * minuteMs + 1_000;
    assert.deepEqual(lastJob(), {
      jobId,
      webhookId,
      window: { fromMs: startMs + 3 * minuteMs, toMs: startMs + 6 * minuteMs },
      startedBy: 'api',
      behaviour: 'complete',
      state: 'complete',
      createdAtMs: startMs + 60 * minuteMs,
      beganAtMs,
      endedAtMs: beganAtMs,
      events: 3,
      delivered: 3,
      refused: 0,
      status: { atMs: beganAtMs, status: 200 },
    });
  });

  test('holds the last minute too where X’s newest documents hold', async (t) => {
    const { ask, finish, lastJob } = await startReplaying(t, numbered(10), { replay: { toInclusive: true } });

    await ask('1203', '1206');
    await finish();

    assert.equal(lastJob().delivered, 4);
  });

  for (const mode of ['silent', 'dead-url', 'invalid'] as const) {
    test(`brings back what was ${mode === 'invalid' ? 'withheld' : 'attempted'} while X’s deliveries were ${mode}`, async (t) => {
      const bodies = numbered(3);
      const { ask, api, webhookId, finish, replayed, x } = await startReplaying(t, bodies, {}, (emulated) =>
        emulated.x.outages.start({ mode, untilMs: startMs + 10 * minuteMs }),
      );
      const { failed, withheld } = x.sent.counts();
      assert.equal(failed + withheld, 3);
      await api(`PUT /2/webhooks/${webhookId}`);
      await x.idle();

      await ask();
      await finish();

      assert.deepEqual([...eventsIn(replayed())].sort(), bodies);
      const { distinct, delivered, replayed: count } = x.sent.counts();
      assert.deepEqual({ distinct, delivered, count }, { distinct: 3, delivered: 3, count: 3 });
    });
  }

  test('leaves out what was withheld, where X would not know it', async (t) => {
    const { ask, api, webhookId, finish, x, lastJob } = await startReplaying(
      t,
      numbered(3),
      { replay: { replaysWithheld: false } },
      ({ x }) => x.outages.start({ mode: 'invalid' }),
    );
    await api(`PUT /2/webhooks/${webhookId}`);
    await x.idle();

    await ask();
    await finish();

    assert.equal(lastJob().events, 0);
    assert.equal(x.sent.counts().withheld, 3);
  });

  test('goes by the time of the first attempt, not of a retry', async (t) => {
    const { ask, finish, receiver, x, clock, webhookId, lastJob } = await startReplaying(t, []);
    receiver.post = (earlier) => ({ status: earlier < 3 ? 503 : 200 });
    const { key } = await x.emit({ webhookId, body: '{}' });
    await finish();
    assert.equal(x.sent.events.get(key)?.outcome, 'delivered');
    clock.advance(60 * minuteMs);

    await ask('1304', '1305');
    await finish();
    assert.equal(lastJob().events, 0);
    await ask('1300', '1301');
    await finish();
    assert.equal(lastJob().events, 1);
  });

  test('is incomplete when the receiver refuses a part, and tries none of it again', async (t) => {
    const { ask, finish, receiver, replayed, lastJob } = await startReplaying(t, numbered(4));
    receiver.post = (earlier) => ({ status: earlier === 5 ? 503 : 200 });

    await ask();
    await finish();

    assert.equal(eventsIn(replayed()).length, 4);
    assert.deepEqual(statesIn(replayed()), ['Incomplete']);
    const { state, delivered, refused } = lastJob();
    assert.deepEqual({ state, delivered, refused }, { state: 'incomplete', delivered: 3, refused: 1 });
  });

  test('is incomplete when the webhook becomes invalid meanwhile, and cannot even say so', async (t) => {
    const { ask, finish, replayed, x, lastJob } = await startReplaying(t, numbered(2));

    await ask();
    x.outages.start({ mode: 'invalid' });
    await finish();

    assert.deepEqual(replayed(), []);
    assert.equal(lastJob().state, 'incomplete');
    assert.equal(lastJob().status, undefined);
  });

  test('has its message tried again on X’s schedule', async (t) => {
    const { ask, finish, receiver, replayed, lastJob } = await startReplaying(t, ['{}']);
    receiver.post = (earlier) => ({ status: earlier === 2 ? 503 : 200 });

    await ask();
    await finish();

    assert.deepEqual(statesIn(replayed()), ['Complete', 'Complete']);
    assert.equal(lastJob().state, 'complete');
  });

  test('sends 2,500 events in a second of the clock, and live events go on beside it', async (t) => {
    const { ask, x, clock, replayed, webhookId } = await startReplaying(t, []);
    await Promise.all(numbered(600).map((body) => x.emit({ webhookId, body })));
    clock.advance(60 * minuteMs);
    const arrived = async (ms: number) => {
      clock.advance(ms);
      await x.caughtUp();
      return replayed().length - 600;
    };

    await ask('1300', '1301');
    assert.equal(await arrived(1_000), 250);
    assert.equal(await arrived(99), 250);
    await x.emit({ webhookId, body: '{"live":true}' });
    assert.equal(await arrived(1), 501);
    assert.equal(await arrived(100), 602);
    assert.deepEqual(statesIn(replayed()), ['Complete']);
  });

  test('is done in one step of the clock that is long enough', async (t) => {
    const { ask, x, clock, lastJob, webhookId } = await startReplaying(t, []);
    await Promise.all(numbered(300).map((body) => x.emit({ webhookId, body })));
    clock.advance(60 * minuteMs);

    await ask('1300', '1301');
    clock.advance(minuteMs);
    await x.caughtUp();

    assert.deepEqual([lastJob().state, lastJob().delivered], ['complete', 300]);
  });
});
