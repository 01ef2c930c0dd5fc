import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { answerReplay } from '../../../shared/domain/gaps/watch.ts';
import { at, known, live, openGap, rules, seenAt, tick } from './seen.ts';

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
