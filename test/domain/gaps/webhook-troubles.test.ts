import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { answerValidation } from '../../../shared/domain/gaps/watch.ts';
import { newWatchState, type WatchState } from '../../../shared/domain/gaps/watch-state.ts';
import { at, bounds, known, live, openGap, rules, seenAt, tick } from './seen.ts';

const invalid = { kind: 'found', webhookId: '7', valid: false } as const;

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

describe('a stranger who polls the CRC through an outage', () => {
  const polled = { heartbeats: [{ receivedAtMs: at(6) + 5_000, proven: false }] };
  const judge = (state: WatchState) => {
    const asked = tick(state, [], seenAt(6));
    const confirmed = answerValidation(asked.state, at(6), { answer: 'taken', sentAtMs: at(6) });
    const after = [7, 9, 11, 12].reduce(
      ({ state, gaps }, minute) => tick(state, gaps, seenAt(minute, polled)),
      tick(confirmed, [], seenAt(6.5, polled)),
    );
    return bounds(after);
  };

  test('fakes no health where X is known to sign its own', () => {
    const signed = tick(known(), [], seenAt(1, { heartbeats: [{ receivedAtMs: at(0.5), proven: true }] }));
    assert.deepEqual(judge(signed.state), [['heartbeat', 'open', at(0.5), null]]);
  });

  test('cannot be told apart from an X that never signed, or has not for days', () => {
    assert.deepEqual(judge(known()), []);
    assert.deepEqual(judge(known({ provenAtMs: at(6) - rules.signsForMs })), []);
  });
});
