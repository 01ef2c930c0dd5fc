import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { judgeClock } from '../../../../cli/doctor/verdicts/clock.ts';
import { judgeGaps, judgeReplay } from '../../../../cli/doctor/verdicts/gaps.ts';
import { lasting } from '../../../../cli/doctor/verdicts/lasting.ts';
import { judgeDeadLetters, judgeQueue } from '../../../../cli/doctor/verdicts/queues.ts';
import { judgeApplied } from '../../../../cli/doctor/verdicts/subscriptions.ts';
import { judgeHeartbeat, judgeWatcher } from '../../../../cli/doctor/verdicts/watch.ts';
import { commandLineFor } from '../../../../cli/target/command-line.ts';
import { type Gap, newGap } from '../../../../shared/domain/gaps/gap.ts';
import { newWatchState, type WatchState } from '../../../../shared/domain/gaps/watch-state.ts';

const nowMs = Date.parse('2026-11-21T12:00:00Z');
const minute = 60_000;
const hour = 60 * minute;
const command = commandLineFor({}, 'default');
const state = (change: Partial<WatchState>): WatchState => ({ ...newWatchState('default'), ...change });

test('a span is told in its largest fitting unit', () => {
  assert.deepEqual([0, 119_000, 120_000, 3 * hour, 72 * hour].map(lasting), ['0 s', '119 s', '2 min', '3 h', '3 d']);
});

describe('the watcher', () => {
  for (const [minutes, status] of [
    [1, 'ok'],
    [4, 'warn'],
    [6, 'fail'],
  ] as const) {
    test(`that looked ${minutes} minutes ago: ${status}`, () => {
      assert.equal(judgeWatcher(state({ watchedAtMs: nowMs - minutes * minute }), nowMs).status, status);
    });
  }

  test('that never looked may be about to', () => {
    assert.equal(judgeWatcher(state({}), nowMs).status, 'warn');
  });
});

describe('the heartbeat', () => {
  for (const [minutes, status] of [
    [8, 'ok'],
    [12, 'warn'],
    [16, 'fail'],
  ] as const) {
    test(`of ${minutes} minutes ago: ${status}`, () => {
      assert.equal(judgeHeartbeat(state({ lastGoodAtMs: nowMs - minutes * minute }), nowMs).status, status);
    });
  }

  test('that never came is a failure only when X has had the webhook for long', () => {
    assert.equal(judgeHeartbeat(state({}), nowMs).status, 'warn');
    assert.equal(judgeHeartbeat(state({ knownSinceMs: nowMs - 5 * minute }), nowMs).status, 'warn');
    assert.equal(judgeHeartbeat(state({ knownSinceMs: nowMs - 20 * minute }), nowMs).status, 'fail');
  });
});

describe('the queues', () => {
  const five = { waiting: 3, inFlight: 2 };

  test('are judged by the age of the oldest delivery, not by their length', () => {
    assert.equal(judgeQueue({ waiting: 5_000, inFlight: 0 }, minute, command).status, 'ok');
    assert.equal(judgeQueue(five, 3 * minute, command).status, 'warn');
    assert.equal(judgeQueue(five, 20 * minute, command).status, 'fail');
    assert.equal(
      judgeQueue(five, 20 * minute, command).seen,
      '5 deliveries wait or are in work, the oldest 20 min old: nobody records them',
    );
  });

  test('are well when empty, whatever was measured minutes ago', () => {
    assert.deepEqual(judgeQueue({ waiting: 0, inFlight: 0 }, hour, command), { status: 'ok', seen: 'nothing waits' });
  });

  test('say so where nobody measures ages', () => {
    assert.match(judgeQueue(five, undefined, command).seen, /age not measured/);
  });

  test('have no dead letters', () => {
    assert.equal(judgeDeadLetters({ waiting: 0, inFlight: 0 }).status, 'ok');
    assert.equal(judgeDeadLetters({ waiting: 0, inFlight: 1 }).status, 'fail');
  });
});

describe('gaps', () => {
  const gap = (change: Partial<Gap>): Gap => ({
    ...newGap(
      { nowMs, app: 'default' },
      { reason: 'heartbeat', state: 'open', fromMs: nowMs - hour, toMs: nowMs, expectedPerMinute: 1, line: 'found' },
    ),
    ...change,
  });
  const judge = (...gaps: readonly Gap[]) => judgeGaps(gaps, { nowMs, horizonMs: 24 * hour, command });

  test('are well when there is none, or all are healed', () => {
    assert.equal(judge().status, 'ok');
    assert.equal(judge(gap({ state: 'healed' })).status, 'ok');
  });

  test('that are unfinished are a warning, and a failure when they fall off the horizon soon', () => {
    const old = gap({ fromMs: nowMs - 20 * hour });

    assert.equal(judge(gap({})).status, 'warn');
    assert.equal(judge(gap({}), old).status, 'fail');
    assert.equal(judge(gap({}), old).mend, `gapless gaps show ${old.gapId}`);
  });

  test('that were lost are a warning for seven days', () => {
    assert.equal(judge(gap({ state: 'lost' })).status, 'warn');
    assert.equal(judge(gap({ state: 'lost', fromMs: nowMs - 8 * 24 * hour })).status, 'ok');
  });

  test('tell whether X replays, where it was ever asked', () => {
    assert.match(judgeReplay([gap({})], command).seen, /^unknown/);
    assert.equal(judgeReplay([gap({ attempts: 2 })], command).status, 'warn');
    assert.equal(judgeReplay([gap({ attempts: 2 }), gap({ attempts: 1, replayed: 9 })], command).status, 'ok');
  });
});

describe('clocks', () => {
  for (const [ms, status] of [
    [900, 'ok'],
    [-40_000, 'warn'],
    [6 * minute, 'fail'],
  ] as const) {
    test(`that differ by ${ms} ms: ${status}`, () => {
      const skews = [
        { of: 'X', ms: 0 },
        { of: 'the stack', ms },
      ];
      assert.equal(judgeClock(skews).status, status);
    });
  }

  test('that tell no time are named', () => {
    assert.match(
      judgeClock([
        { of: 'X', ms: undefined },
        { of: 'the stack', ms: 0 },
      ]).seen,
      /X tell no time$/,
    );
    assert.equal(judgeClock([{ of: 'X', ms: undefined }]).status, 'warn');
  });
});

describe('subscriptions without a file', () => {
  const wanted = ['xaa post.create 1', 'xaa like.create 1'];

  test('are compared with what was applied', () => {
    assert.equal(judgeApplied(wanted, [...wanted, 'aaa all 2'], command).status, 'ok');
    const { status, seen } = judgeApplied(wanted, ['xaa post.create 1'], command);
    assert.equal(status, 'fail');
    assert.equal(seen, '1 of 2 that were applied is missing at X: xaa like.create 1');
  });

  test('are as they are where nothing was applied, and a warning where X has none', () => {
    assert.equal(judgeApplied(undefined, ['aaa all 2'], command).status, 'ok');
    assert.equal(judgeApplied(undefined, [], command).status, 'warn');
  });
});
