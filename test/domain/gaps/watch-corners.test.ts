import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { measuredFrom } from '../../../shared/domain/gaps/detect-refusals.ts';
import { answerReplay, answerValidation } from '../../../shared/domain/gaps/watch.ts';
import { newWatchState } from '../../../shared/domain/gaps/watch-state.ts';
import { at, known, live, openGap, rules, seenAt, tick } from './seen.ts';

const invalid = { kind: 'found', webhookId: '7', valid: false } as const;
const bounds = ({ gaps }: ReturnType<typeof tick>) =>
  gaps.map(({ reason, state, fromMs, toMs }) => [reason, state, fromMs, toMs]);

describe('before X has the webhook', () => {
  test('its absence is no outage', () => {
    const { gaps, effects } = tick(newWatchState('default'), [], seenAt(0, { webhook: { kind: 'absent' } }));
    assert.deepEqual([gaps, effects], [[], []]);
  });

  test('what strangers are refused opens nothing, neither then nor when it is registered', () => {
    const refusals = [{ minuteMs: at(2), count: 9 }];
    const before = tick(newWatchState('default'), [], seenAt(10, { webhook: { kind: 'absent' }, refusals }));
    const after = tick(before.state, before.gaps, seenAt(12, { refusals }));
    assert.deepEqual([before.gaps, after.gaps], [[], []]);
  });

  test('quiet is not doubted, as long as nobody could ask X', () => {
    const quiet = tick(
      newWatchState('default'),
      [],
      seenAt(1, { minutes: [live(0)], webhook: { kind: 'unreachable' } }),
    );
    const later = tick(quiet.state, [], seenAt(61, { minutes: [live(60)] }));
    assert.deepEqual(later.gaps, []);
  });
});

describe('a wrong secret', () => {
  const asked = tick(known({ lastGoodAtMs: at(10) }), [], seenAt(15));
  const heartbeats = [{ receivedAtMs: at(15) + 2000, proven: false }];
  const found = tick(asked.state, [], seenAt(16, { webhook: invalid, heartbeats }));

  test('is found from the last delivery on, though our heartbeat reached the table', () => {
    assert.deepEqual(bounds(found), [['invalid', 'open', at(10), null]]);
  });

  test('that is put right ends the gap with the first heartbeat that X took, not with one before', () => {
    const again = tick(found.state, found.gaps, seenAt(17, { webhook: invalid, heartbeats }));
    assert.deepEqual(again.effects, [{ kind: 'validate' }]);
    const good = { receivedAtMs: at(17) + 2000, proven: false };
    const over = tick(again.state, again.gaps, seenAt(18, { heartbeats: [...heartbeats, good] }));
    assert.deepEqual(bounds(over), [['invalid', 'open', at(10), good.receivedAtMs]]);
  });

  test('makes a gap of the 401s in the hour before it was changed', () => {
    const unauthorized = [1, 40, 41].map((minute) => ({ minuteMs: at(minute), count: 3 }));
    const minutes = Array.from({ length: 70 }, (_, minute) => live(minute));
    const seen = { minutes, unauthorized };
    assert.deepEqual(tick(known({ lastGoodAtMs: at(68) }), [], seenAt(70, seen)).gaps, []);
    const changed = tick(known({ lastGoodAtMs: at(68) }), [], seenAt(70, { ...seen, secretChangedAtMs: at(62) }));
    assert.deepEqual(bounds(changed), [['refusals', 'open', at(40), at(42)]]);
  });
});

describe('a webhook that was deleted', () => {
  const gone = tick(known({ lastGoodAtMs: at(10) }), [], seenAt(11, { webhook: { kind: 'absent' } }));

  test('is an outage until X has one again, whatever else arrives', () => {
    assert.deepEqual(bounds(gone), [['invalid', 'open', at(10), null]]);
    const heartbeats = [{ receivedAtMs: at(12), proven: true }];
    const still = tick(gone.state, gone.gaps, seenAt(13, { webhook: { kind: 'absent' }, heartbeats }));
    assert.deepEqual(bounds(still), bounds(gone));
  });

  test('and registered anew, under another id, is lost if its replay brings nothing', () => {
    const gap = openGap(10, 20, { webhookId: '7', state: 'replaying', expectedPerMinute: 0 });
    const settling = { window: { fromMs: at(8), toMs: at(22) }, startedAtMs: at(60), endedAtMs: at(62) };
    const state = known({ job: { state: 'settling', ...settling }, lastGoodAtMs: at(69) });
    const anew = { webhook: { kind: 'found', webhookId: '8', valid: true } } as const;
    const { gaps } = tick(state, [gap], seenAt(70, anew));
    assert.equal(gaps[0]?.state, 'lost');
    assert.match(gaps[0]?.lostParts[0]?.why ?? '', /deleted at X/);
    assert.equal(tick(state, [gap], seenAt(70)).gaps[0]?.state, 'healed');
  });
});

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

describe('a replay job', () => {
  const window = { fromMs: at(8), toMs: at(22) };

  test('that X refuses since its CRC failed has the webhook validated, though nothing else asks for it', () => {
    const claimed = known({ job: { state: 'claimed', window, claimedAtMs: at(60) }, lastGoodAtMs: at(59) });
    const refused = answerReplay({ state: claimed, gaps: [] }, { kind: 'crc-failed' }, at(60), rules);
    const next = tick(refused.state, [], seenAt(61, { minutes: [live(60)] }));
    assert.deepEqual(next.effects, [{ kind: 'validate' }]);
    assert.deepEqual(tick(next.state, [], seenAt(62, { minutes: [live(61)] })).effects, []);
  });

  test('that is over its time is given up only when nothing of it comes any more', () => {
    const state = known({ job: { state: 'running', window, startedAtMs: at(60), jobId: 'j' }, lastGoodAtMs: at(94) });
    const replayed = { ...live(94, 50), replayed: 50 };
    const coming = tick(state, [openGap(10, 20)], seenAt(95, { minutes: [replayed] }));
    assert.deepEqual([coming.state.job?.state, coming.jobFailed], ['running', undefined]);
    assert.equal(tick(state, [openGap(10, 20)], seenAt(95)).jobFailed, true);
  });

  test('is neither over its time nor complete while the queue hides what came of it', () => {
    const hidden = { oldestMessageAgeMs: 60 * 60_000 };
    const running = known({ job: { state: 'running', window, startedAtMs: at(60), jobId: 'j' }, lastGoodAtMs: at(94) });
    const settling = known({ job: { state: 'settling', window, startedAtMs: at(60), endedAtMs: at(62) } });
    for (const state of [running, settling]) {
      assert.deepEqual(tick(state, [openGap(10, 20)], seenAt(95, hidden)).state.job, state.job);
    }
  });

  test('proves nothing about live deliveries', () => {
    const replayed = { ...live(14, 50), replayed: 50 };
    const { state } = tick(known({ lastGoodAtMs: at(10) }), [], seenAt(15, { minutes: [replayed] }));
    assert.equal(state.lastGoodAtMs, at(10));
  });

  test('waits until it is known what was stored late in the gap before', () => {
    const { storedLateBefore: _uncounted, ...found } = openGap(10, 20);
    const first = tick(known({ lastGoodAtMs: at(99) }), [found], seenAt(100));
    assert.deepEqual(first.effects, []);
    const storedLate = new Map([[found.gapId, 3]]);
    const second = tick(first.state, first.gaps, seenAt(101, { storedLate }));
    assert.deepEqual(second.effects, [{ kind: 'replay', window }]);
    assert.deepEqual([second.gaps[0]?.storedLateBefore, second.gaps[0]?.recovered], [3, 0]);
  });

  test('takes no credit for what came late before it was asked for', () => {
    const counted = (state: 'open' | 'replaying') => {
      const gap = openGap(10, 20, { state, storedLateBefore: 3 });
      const waiting = known({ lastGoodAtMs: at(24), pausedUntilMs: at(99) });
      return tick(waiting, [gap], seenAt(25, { storedLate: new Map([[gap.gapId, 9]]) })).gaps[0];
    };
    assert.deepEqual([counted('open')?.storedLateBefore, counted('open')?.recovered], [9, 0]);
    assert.deepEqual([counted('replaying')?.storedLateBefore, counted('replaying')?.recovered], [3, 6]);
  });

  test('serves no gap that was found after it was asked for', () => {
    const settled = [{ fromMs: at(0), toMs: at(60), atMs: at(95) }];
    const late = openGap(10, 20, { openedAtMs: at(96) });
    assert.deepEqual(tick(known({ settled, lastGoodAtMs: at(99) }), [late], seenAt(100)).effects, [
      { kind: 'replay', window },
    ]);
    const early = openGap(10, 70, { openedAtMs: at(90) });
    assert.deepEqual(tick(known({ settled, lastGoodAtMs: at(119) }), [early], seenAt(120)).effects, [
      { kind: 'replay', window: { fromMs: at(60), toMs: at(72) } },
    ]);
  });
});

describe('a quiet product', () => {
  const quiet = { aaa: { sinceMs: at(0), lastAtMs: at(8 * 1440), longestMs: at(300) - at(0) } };
  const after = (days: number) => {
    const nowMinute = (8 + days) * 1440;
    return tick(known({ quiet, lastGoodAtMs: at(nowMinute - 1) }), [], seenAt(nowMinute));
  };

  test('is told to a person and never replayed', () => {
    const { gaps, effects } = after(1);
    assert.deepEqual(bounds(after(1)), [['silence', 'suspected', at(8 * 1440), null]]);
    assert.deepEqual([gaps.length, effects], [1, []]);
  });

  test('has ended after four weeks, as the Account Activity API will, and alarms nobody any more', () => {
    assert.deepEqual([after(28).gaps, after(28).state.quiet], [[], {}]);
  });
});

describe('a stranger who sends a CRC just before X does', () => {
  const asked = tick(known(), [], seenAt(6));
  const confirmed = answerValidation(asked.state, at(6), { answer: 'taken', sentAtMs: at(6) });
  const judge = (receivedAtMs: number) => {
    const heartbeats = [{ receivedAtMs, proven: false }];
    const after = [7, 9, 11, 12].reduce(
      ({ state, gaps }, minute) => tick(state, gaps, seenAt(minute, { heartbeats })),
      tick(confirmed, [], seenAt(6.5, { heartbeats })),
    );
    return after.gaps.map(({ reason, state }) => [reason, state]);
  };

  test('hides X’s check, which the receiver then spares, but opens no gap: his own proves the same way', () => {
    assert.deepEqual(asked.effects, [{ kind: 'validate' }]);
    assert.deepEqual(judge(at(6) - 999), []);
  });

  test('fakes no health a second before', () => {
    assert.deepEqual(judge(at(6) - 1_000), [['heartbeat', 'open']]);
  });
});
