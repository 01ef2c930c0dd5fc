import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { at, bounds, known, live, seenAt, tick } from './seen.ts';

describe('subscriptions that are missing', () => {
  const wanted = ['xaa like.create 1', 'xaa like.create 2'];
  const busyUntil = (minute: number) => Array.from({ length: minute - 60 }, (_, index) => live(60 + index));
  const look = (before: ReturnType<typeof tick>, minute: number, present: readonly string[]) =>
    tick(before.state, before.gaps, seenAt(minute, { subscriptions: { wanted, present }, minutes: busyUntil(minute) }));
  const begun = look(tick(known({ lastGoodAtMs: at(59) }), [], seenAt(60)), 61, ['xaa like.create 1']);

  test('are told to a person by name, and never replayed', () => {
    assert.deepEqual(bounds(begun), [['subscriptions', 'open', at(61), null]]);
    assert.match(begun.gaps[0]?.story[0]?.line ?? '', /xaa like.create 2$/);
    const later = tick(begun.state, begun.gaps, seenAt(300, { minutes: busyUntil(300) }));
    assert.deepEqual([later.gaps.length, later.effects], [1, []]);
  });

  test('hide no outage of the webhook at the same time', () => {
    const later = tick(begun.state, begun.gaps, seenAt(300, { minutes: [live(299)] }));
    assert.deepEqual(bounds(later).slice(1), [['heartbeat', 'open', at(60.5), at(299.5)]]);
  });

  test('tell of more that is missing, in the same gap', () => {
    const { gaps } = look(begun, 76, []);
    assert.deepEqual(
      gaps.map(({ story }) => story.length),
      [2],
    );
  });

  test('end as lost when all are there again, since X replays nothing of that time', () => {
    const { gaps } = look(begun, 76, wanted);
    assert.deepEqual(
      gaps.map(({ state, fromMs, toMs }) => [state, fromMs, toMs]),
      [['lost', at(61), at(76)]],
    );
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
