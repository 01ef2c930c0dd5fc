import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { GaplessError } from '../../../shared/errors.ts';
import type { Heartbeat } from '../../../shared/ports.ts';
import { createPassHeartbeat } from '../../../shared/use-cases/pass-heartbeat.ts';

function start(fail: () => void = () => {}) {
  const time = { now: Date.parse('2026-11-21T10:00:00Z') };
  const sent: Heartbeat[] = [];
  const pass = createPassHeartbeat({
    clock: { now: () => time.now },
    queue: {
      sendHeartbeat: async (heartbeat) => {
        sent.push(heartbeat);
        fail();
      },
    },
  });
  const beat = (proven = false, app = 'default') => pass({ app, proven, receivedAt: new Date(time.now).toISOString() });
  return { time, sent, beat };
}

describe('passing heartbeats on', () => {
  test('spares what follows within a second, unless X signed it', async () => {
    const { time, beat, sent } = start();
    assert.deepEqual(await beat(), { kind: 'sent' });
    time.now += 999;
    assert.deepEqual(await beat(), { kind: 'spared' });
    assert.deepEqual(await beat(true), { kind: 'sent' });
    time.now += 1;
    assert.deepEqual(await beat(), { kind: 'sent' }, 'a signed one takes no place');
    assert.deepEqual(
      sent.map(({ proven }) => proven),
      [false, true, false],
    );
  });

  test('leaves for each one spared another of its app sent less than a second before', async () => {
    const step = fc.record({
      ms: fc.integer({ min: 0, max: 1_500 }),
      app: fc.constantFrom('one', 'two'),
      proven: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const { time, beat, sent } = start();
        for (const { ms, app, proven } of steps) {
          time.now += ms;
          const outcome = await beat(proven, app);
          const near = sent.filter(
            (one) => one.app === app && !one.proven && time.now - Date.parse(one.receivedAt) < 1_000,
          );
          assert.ok(near.length <= 1, 'at most one a second');
          if (outcome.kind === 'spared') assert.equal(near.length, 1);
        }
      }),
    );
  });

  test('goes on when the clock is set back', async () => {
    const { time, beat } = start();
    await beat();
    time.now -= 3_600_000;
    assert.deepEqual(await beat(), { kind: 'sent' });
    assert.deepEqual(await beat(), { kind: 'spared' });
  });

  test('never rejects, tells by name what went wrong, and waits a second before it tries for a stranger again', async () => {
    const problems = [new GaplessError('QUEUE_UNAVAILABLE', 'away'), new TypeError('quotes who knows what'), 'thrown'];
    const { time, beat, sent } = start(() => {
      throw problems.shift();
    });
    assert.deepEqual(await beat(), { kind: 'lost', reason: 'QUEUE_UNAVAILABLE' });
    assert.deepEqual(await beat(), { kind: 'spared' });
    assert.deepEqual(await beat(true), { kind: 'lost', reason: 'TypeError' });
    time.now += 1_000;
    assert.deepEqual(await beat(), { kind: 'lost', reason: 'unknown' });
    assert.equal(sent.length, 3);
  });
});
