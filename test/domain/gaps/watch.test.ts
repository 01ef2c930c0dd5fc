import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { minuteMs, subtract } from '../../../shared/domain/gaps/interval.ts';
import { watch } from '../../../shared/domain/gaps/watch.ts';
import { type Outage, outage, rules, start, World } from './world.ts';

const states = (world: World) => world.allGaps.map(({ reason, state }) => `${reason} ${state}`);

describe('an outage', () => {
  for (const kind of ['silent', 'refused', 'invalid'] as const) {
    test(`of 30 minutes (${kind}) is found, replayed and healed`, () => {
      const world = new World({ outages: [outage(kind, 60, 90)] }).run(180);

      assert.equal(world.missing(180), 0);
      assert.deepEqual(states(world), [`${kind === 'invalid' ? 'invalid' : 'heartbeat'} healed`]);
      assert.equal(world.allGaps[0]?.recovered, 30);
    });
  }

  test('of a quiet account is found by the heartbeat alone', () => {
    const world = new World({ outages: [outage('silent', 60, 90)], rate: (minute) => (minute === 70 ? 1 : 0) }).run(
      180,
    );

    assert.deepEqual(states(world), ['heartbeat healed']);
    assert.equal(world.missing(), 0);
  });

  test('of two refused minutes in the middle of traffic opens exactly those', () => {
    const world = new World({ outages: [outage('refused', 60, 61), outage('refused', 63, 64)] }).run(180);

    assert.deepEqual(states(world), ['refusals healed']);
    assert.equal(world.allGaps[0]?.fromMs, start + 60 * minuteMs);
    assert.equal(world.allGaps[0]?.toMs, start + 64 * minuteMs);
    assert.equal(world.missing(), 0);
  });

  test('whose refusals were the last tries of what had never reached us is replayed from the first tries on', () => {
    const world = new World({ outages: [outage('silent', 57, 60), outage('refused', 60, 61)] }).run(180);

    assert.deepEqual(states(world), ['refusals healed']);
    assert.equal(world.missing(), 0);
  });

  test('of the worker alone is no gap: the queue held everything', () => {
    const world = new World({ outages: [outage('queued', 60, 120)] }).run(240);

    assert.deepEqual(states(world), []);
    assert.deepEqual(world.jobs, []);
  });

  test('of five hours comes back in three windows', () => {
    const world = new World({ outages: [outage('silent', 60, 360)] }).run(480);

    assert.equal(world.missing(), 0);
    assert.equal(world.jobs.length, 3);
    assert.equal(world.allGaps[0]?.attempts, 3);
  });

  test('soon after another one is healed too', () => {
    const world = new World({ outages: [outage('silent', 60, 90), outage('silent', 95, 125)] }).run(240);

    assert.equal(world.missing(), 0);
    assert.deepEqual(states(world), ['heartbeat healed', 'heartbeat healed']);
  });

  test('longer than the horizon loses only what X no longer replays, and says so', () => {
    const world = new World({ outages: [outage('silent', 60, 60 + 26 * 60)] }).run(30 * 60);

    assert.deepEqual(states(world), ['heartbeat lost']);
    assert.ok(world.allGaps[0]?.lostParts.every(({ why }) => why === 'older than X replays'));
    assert.ok(world.missing() > 0 && world.missing() < 3 * 60);
  });
});

describe('a replay', () => {
  const outages = [outage('silent', 60, 90)];

  test('that is Incomplete twice is halved and tried again', () => {
    const world = new World({ outages, ends: ['Incomplete', 'Incomplete', 'Complete'] }).run(240);
    const lengths = world.jobs.slice(0, 3).map(({ window }) => (window.toMs - window.fromMs) / minuteMs);

    assert.equal(world.missing(), 0);
    assert.deepEqual(states(world), ['heartbeat healed']);
    assert.deepEqual(lengths, [36, 18, 9]);
  });

  test('that is Incomplete six times in a row leaves the gap lost', () => {
    const world = new World({ outages, ends: ['Incomplete'] }).run(240);

    assert.deepEqual(states(world), ['heartbeat lost']);
    assert.equal(world.jobs.length, 6);
  });

  test('whose status message is lost is asked for again, in the same window', () => {
    const world = new World({ outages, ends: ['lost', 'Complete'] }).run(300);

    assert.deepEqual(states(world), ['heartbeat healed']);
    assert.deepEqual(world.jobs[1]?.window, world.jobs[0]?.window);
  });

  test('that is Complete though nothing came leaves the gap unproven', () => {
    const world = new World({ outages, ends: ['empty'] }).run(240);

    assert.deepEqual(states(world), ['heartbeat unproven']);
  });

  test('waits for a job of somebody else and takes none of its credit', () => {
    const world = new World({ outages, answers: [{ kind: 'conflict' }] }).run(240);

    assert.deepEqual(states(world), ['heartbeat healed']);
    assert.equal(world.allGaps[0]?.attempts, 1);
    assert.ok(world.allGaps[0]?.story.some(({ line }) => line.includes('another replay job')));
  });

  test('whose answer was lost on the way is asked for again', () => {
    const world = new World({ outages, answers: [{ kind: 'unknown', why: 'timeout' }] }).run(240);

    assert.deepEqual(states(world), ['heartbeat healed']);
    assert.deepEqual(world.jobs[1]?.window, world.jobs[0]?.window);
  });
});

describe('without an outage', () => {
  test('30 days of bursts, nights and weekends open no gap and start no replay', () => {
    const weekly = (minute: number) => {
      const hour = Math.floor(minute / 60) % 24;
      const weekend = Math.floor(minute / 1440) % 7 > 4;
      if (weekend || hour < 7) return 0;
      return minute % 97 === 0 ? 40 : minute % 7 === 0 ? 1 : 0;
    };
    const world = new World({ rate: weekly }).run(30 * 1440);

    assert.deepEqual(states(world), []);
    assert.deepEqual(world.jobs, []);
  });
});

describe('whatever happens', () => {
  const outages = fc
    .array(
      fc.record({
        kind: fc.constantFrom('silent', 'refused', 'invalid', 'queued'),
        quiet: fc.integer({ min: 1, max: 200 }),
        length: fc.integer({ min: 1, max: 400 }),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map((drawn) => {
      let minute = 0;
      return drawn.map(({ kind, quiet, length }): Outage => {
        const from = minute + quiet;
        // Deliveries that end unseen for some minutes amid traffic show nowhere; X's own retries bridge those.
        minute = from + (kind === 'silent' ? Math.max(length, 12) : length);
        return outage(kind, from, minute);
      });
    });
  const rates = fc.constantFrom(
    () => 1,
    () => 3,
    (minute: number) => (minute % 3 === 0 ? 2 : 0),
  );

  test('every event comes back, windows stay inside horizon and embargo, and a tick told twice does nothing twice', () => {
    fc.assert(
      fc.property(outages, rates, (drawn, rate) => {
        const lastMinute = Math.max(...drawn.map(({ toMs }) => (toMs - start) / minuteMs));
        const world = new World({ outages: drawn, rate });
        world.run(lastMinute + 300, ({ tick, seen }) => {
          assert.ok(seen);
          const again = watch(tick, seen, rules);
          assert.deepEqual(again.effects, []);
          assert.deepEqual(again.state, tick.state);
          assert.deepEqual(again.gaps, tick.gaps);
        });

        assert.equal(world.missing(world.minute - 60), 0);
        for (const { window, startedAtMs } of world.jobs) {
          assert.ok(window.fromMs >= startedAtMs - rules.horizonMs);
          assert.ok(window.fromMs <= startedAtMs - rules.fromEmbargoMs);
          assert.ok(window.toMs <= startedAtMs - rules.toEmbargoMs);
          assert.ok(window.toMs - window.fromMs <= rules.longestWindowMs);
        }
        for (const { state, fromMs, toMs } of world.allGaps) {
          assert.equal(state, 'healed');
          const left = subtract(
            [{ fromMs, toMs: toMs ?? Number.POSITIVE_INFINITY }],
            world.jobs.map(({ window }) => window),
          );
          assert.deepEqual(left, []);
        }
      }),
      { numRuns: 60 },
    );
  });
});
