import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { measuredFrom } from '../../../shared/domain/gaps/detect-refusals.ts';
import { at, known, live, openGap, seenAt, tick } from './seen.ts';

describe('refusals', () => {
  const job = { state: 'running', window: { fromMs: at(0), toMs: at(9) }, startedAtMs: at(58), jobId: 'j' } as const;
  const refusals = [{ minuteMs: at(60), count: 5 }];

  test('while a replay runs spoil its job and open no gap', () => {
    const { gaps } = tick(known({ job, lastGoodAtMs: at(69) }), [], seenAt(70, { refusals, minutes: [live(60, 100)] }));
    assert.deepEqual(gaps, []);
  });

  test('while a replay runs are an outage nonetheless when nothing came through', () => {
    const { gaps } = tick(known({ job, lastGoodAtMs: at(69) }), [], seenAt(70, { refusals }));
    assert.deepEqual(
      gaps.map(({ fromMs }) => fromMs),
      [at(60)],
    );
  });

  test('while a replay runs are judged only when the queue has shown what came through', () => {
    const behind = { refusals, oldestMessageAgeMs: 3 * 60_000 };
    const { gaps, state } = tick(known({ job, lastGoodAtMs: at(69) }), [], seenAt(70, behind));
    assert.deepEqual([gaps, state.judged], [[], []]);
  });

  test('are read back to where reading them last worked, where a job or a suspicion began, and no further than a day', () => {
    const from = (state: Partial<Parameters<typeof known>[0]>, gaps: readonly ReturnType<typeof openGap>[] = []) =>
      (measuredFrom({ state: known(state), gaps }, at(3000)) - at(0)) / 60_000;
    assert.equal(from({ measuredAtMs: at(2999) }), 2940);
    assert.equal(from({ measuredAtMs: at(2700) }), 2685);
    assert.equal(from({ job: { ...job, startedAtMs: at(2900.5) } }), 2900);
    assert.equal(from({}, [openGap(2800, 2801, { state: 'suspected' })]), 2800);
    assert.equal(from({ measuredAtMs: at(5) }), 3000 - 24 * 60);
  });
});

describe('a clock that was set back', () => {
  const future = {
    watchedAtMs: at(500),
    lastGoodAtMs: at(499),
    requests: [{ atMs: at(498), state: 'taken' }],
  } as const;

  test('asks X again in its own time', () => {
    const { state } = tick(known({ ...future, pausedUntilMs: at(900) }), [], seenAt(100));
    assert.deepEqual([state.lastGoodAtMs, state.requests, state.pausedUntilMs], [at(100), [], undefined]);
    assert.deepEqual(tick(state, [], seenAt(105)).effects, [{ kind: 'validate' }]);
  });

  test('takes no window for replayed that was settled in what is now the future', () => {
    const settled = [{ fromMs: at(8), toMs: at(22), atMs: at(450) }];
    const gap = openGap(10, 20, { openedAtMs: at(400) });
    const { effects, gaps } = tick(known({ ...future, settled }), [gap], seenAt(100));
    assert.deepEqual(effects, [{ kind: 'replay', window: { fromMs: at(8), toMs: at(22) } }]);
    assert.equal(gaps[0]?.openedAtMs, at(100));
  });

  test('waits for a job of the future as for somebody else’s', () => {
    const job = { state: 'running', window: { fromMs: at(8), toMs: at(22) }, startedAtMs: at(490) } as const;
    const { state } = tick(known({ ...future, job }), [openGap(10, 20)], seenAt(100));
    assert.deepEqual(state.job, { state: 'foreign', sinceMs: at(100) });
  });

  test('ends with a gap that a person opened on a machine whose clock is ahead', () => {
    const gap = openGap(10, 20, { reason: 'manual', openedAtMs: at(3000) });
    const { gaps } = tick(known({ lastGoodAtMs: at(2899) }), [gap], seenAt(2900));
    assert.equal(gaps[0]?.state, 'lost');
  });
});

describe('without knowing', () => {
  test('the queue, no suspicion is decided', () => {
    const suspected = openGap(10, 20, { state: 'suspected', toMs: null, missedAtMs: at(15) });
    const blind = { measured: false, oldestMessageAgeMs: Number.POSITIVE_INFINITY };
    assert.equal(tick(known(), [suspected], seenAt(60, blind)).gaps[0]?.state, 'suspected');
    assert.equal(tick(known(), [suspected], seenAt(60)).gaps[0]?.state, 'open');
  });

  test('the refusals, no job is complete, and the time is read later', () => {
    const settling = { window: { fromMs: at(8), toMs: at(22) }, startedAtMs: at(50), endedAtMs: at(52) };
    const state = known({ job: { state: 'settling', ...settling }, lastGoodAtMs: at(59), measuredAtMs: at(40) });
    const blind = tick(state, [openGap(10, 20)], seenAt(60, { measured: false }));
    assert.deepEqual([blind.state.job?.state, blind.state.measuredAtMs], ['settling', at(40)]);
    assert.equal(tick(state, [openGap(10, 20)], seenAt(60)).state.job, undefined);
  });
});
