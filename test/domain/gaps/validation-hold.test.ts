import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Advanced } from '../../../shared/domain/gaps/advance-replay.ts';
import { isLookDue } from '../../../shared/domain/gaps/detect-subscriptions.ts';
import type { Gap } from '../../../shared/domain/gaps/gap.ts';
import { isHeld } from '../../../shared/domain/gaps/validation-hold.ts';
import { answerValidation } from '../../../shared/domain/gaps/watch.ts';
import type { WatchState } from '../../../shared/domain/gaps/watch-state.ts';
import { at, bounds, known, live, openGap, rules, seenAt, tick } from './seen.ts';

/** Minutes of a quiet webhook that is held from one minute to another; X answers each request with a heartbeat. */
function watchQuietly(
  state: WatchState,
  { until, hold, deaf = [] }: { until: number; hold: readonly [number, number]; deaf?: readonly number[] },
) {
  const heartbeats: { receivedAtMs: number; proven: boolean }[] = [];
  const asked: number[] = [];
  let after: Advanced = { state, gaps: [], effects: [] };
  for (let minute = 1; minute <= until; minute += 1) {
    const validationHeld = minute >= hold[0] && minute < hold[1];
    after = tick(after.state, after.gaps, seenAt(minute, { validationHeld, heartbeats: [...heartbeats] }));
    if (!after.effects.some(({ kind }) => kind === 'validate')) continue;
    asked.push(minute);
    const answer = { answer: 'taken', sentAtMs: at(minute) } as const;
    after = { ...after, state: answerValidation(after.state, at(minute), answer) };
    if (!deaf.includes(minute)) heartbeats.push({ receivedAtMs: at(minute) + 2_000, proven: false });
  }
  return { after, asked };
}

test('a hold lasts until its time, and none is none', () => {
  assert.deepEqual([isHeld(at(1), at(0)), isHeld(at(1), at(1)), isHeld(undefined, at(0))], [true, false, false]);
});

describe('while an operator holds it back', () => {
  const held = { validationHeld: true };
  const effects = (state: WatchState, changes: Parameters<typeof seenAt>[1], gaps: readonly Gap[] = []) => {
    const of = (validationHeld: boolean) =>
      tick(state, gaps, seenAt(100, { ...changes, validationHeld })).effects.map(({ kind }) => kind);
    return [of(false), of(true)];
  };

  test('X is not asked to check a quiet webhook', () => {
    assert.deepEqual(effects(known({ lastGoodAtMs: at(90) }), {}), [['validate'], []]);
  });

  test('nor one that is invalid, which is an outage nonetheless', () => {
    const webhook = { kind: 'found', webhookId: '7', valid: false } as const;
    const state = known({ lastGoodAtMs: at(97) });
    assert.deepEqual(effects(state, { webhook }), [['validate'], []]);
    assert.deepEqual(bounds(tick(state, [], seenAt(100, { ...held, webhook }))), [['invalid', 'open', at(97), null]]);
  });

  test('nor one whose check failed before a replay, until the hold is over', () => {
    const state = known({ lastGoodAtMs: at(99), crcFailedAtMs: at(99) });
    assert.deepEqual(effects(state, {}), [['validate'], []]);
    const after = tick(state, [], seenAt(100, held));
    assert.deepEqual(tick(after.state, after.gaps, seenAt(101)).effects, [{ kind: 'validate' }]);
  });

  test('nor for a replay, before which X checks, too', () => {
    const window = { fromMs: at(8), toMs: at(22) };
    const busy = { minutes: [live(99)] };
    assert.deepEqual(effects(known({ lastGoodAtMs: at(99) }), busy, [openGap(10, 20)]), [['replay'], []]);
    const claimed = known({ lastGoodAtMs: at(99), job: { state: 'claimed', window, claimedAtMs: at(60) } });
    assert.deepEqual(effects(claimed, busy, [openGap(10, 20, { state: 'replaying' })]), [['replay'], []]);
  });
});

describe('half an hour of a hold in a quiet time', () => {
  test('opens no gap, since nobody asked for what could be missed', () => {
    const { after, asked } = watchQuietly(known(), { until: 60, hold: [12, 42] });
    assert.deepEqual(after.gaps, []);
    assert.deepEqual(
      asked.filter((minute) => minute > 6 && minute < 48),
      [11, 42],
    );
  });

  test('hides no outage that goes on after it: the gap begins where it is not proven any more', () => {
    const { after } = watchQuietly(known(), {
      until: 60,
      hold: [12, 42],
      deaf: [42, 44, 46, 48, 50, 52, 54, 56, 58, 60],
    });
    assert.deepEqual(bounds(after), [['heartbeat', 'open', at(11) + 2_000, null]]);
  });

  test('takes back no request that was made before it', () => {
    const { after } = watchQuietly(known(), { until: 40, hold: [12, 42], deaf: [11] });
    assert.deepEqual(bounds(after), [['heartbeat', 'open', at(5) + 2_000, null]]);
  });

  test('excuses no silence before it, when the watcher itself was away', () => {
    const away = known({ watchedAtMs: at(0) });
    const ticks = [20, 21, 49].reduce<Advanced>(
      ({ state, gaps }, minute) => tick(state, gaps, seenAt(minute, { validationHeld: true })),
      { state: away, gaps: [], effects: [] },
    );
    const proof = [{ receivedAtMs: at(50), proven: true }];
    const over = tick(ticks.state, ticks.gaps, seenAt(50, { heartbeats: proof }));
    assert.deepEqual(bounds(over), [['heartbeat', 'open', at(0), at(50)]]);
  });

  test('excuses nothing of another hold before it', () => {
    const first = tick(known(), [], seenAt(5, { validationHeld: true }));
    const free = tick(first.state, [], seenAt(6));
    const second = tick(free.state, [], seenAt(7, { validationHeld: true }));
    assert.deepEqual(second.state.held, { fromMs: at(7), toMs: at(7) });
  });

  test('is forgotten when the clock was set back behind it, and subscriptions are looked at anew', () => {
    const held = { fromMs: at(480), toMs: at(490) };
    const { state } = tick(known({ watchedAtMs: at(500), subscriptionsAtMs: at(490), held }), [], seenAt(100));
    assert.deepEqual([state.held, isLookDue(state, at(100), rules)], [undefined, true]);
  });
});
