import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { subtract } from '../../../shared/domain/gaps/interval.ts';
import { backfillMinutes, recoveryRequest, recoveryWindows } from '../../../shared/domain/stream/reach-back.ts';
import { stuckConnections } from '../../../shared/domain/stream/stuck-connections.ts';

const minute = 60_000;

describe('how far X is asked back', () => {
  test('is the break and a minute more, up to five', () => {
    const cases = [1, minute, minute + 1, 3.5 * minute, 4 * minute, 5 * minute, 50 * minute];
    assert.deepEqual(
      cases.map((breakMs) => backfillMinutes(1_000_000, 1_000_000 + breakMs)),
      [2, 2, 3, 5, 5, 5, 5],
    );
  });

  test('is not at all where nothing is missing, or nothing was ever covered', () => {
    assert.equal(backfillMinutes(undefined, 1_000), 0);
    assert.equal(backfillMinutes(1_000, 1_000), 0);
  });

  test('in a recovery is every break, in windows of a quarter of an hour at most', () => {
    const interval = fc
      .tuple(fc.integer({ min: 0, max: 90_000_000 }), fc.integer({ min: 1, max: 5_000_000 }))
      .map(([fromMs, lengthMs]) => ({ fromMs, toMs: fromMs + lengthMs }));
    fc.assert(
      fc.property(interval, (one) => {
        const windows = recoveryWindows([one]);
        assert.deepEqual(subtract([one], windows), []);
        assert.ok(
          windows.every(({ fromMs, toMs }) => fromMs < toMs && toMs - fromMs <= 15 * minute && toMs <= one.toMs),
        );
      }),
    );
  });

  test('in a recovery is whole seconds, and what happened just before the break', () => {
    assert.deepEqual(recoveryRequest({ fromMs: 120_500, toMs: 180_001 }), { fromMs: 60_000, toMs: 181_000 });
  });
});

describe('stuck connections', () => {
  const connection = (
    id: string,
    connectedAtMs: number | undefined,
    endpoint: string | undefined = 'activity_stream',
  ) => ({
    id,
    endpoint,
    connectedAtMs,
  });

  test('are those that no living reader has', () => {
    const listed = [connection('mine', 100_000), connection('lost', 40_000), connection('close', 104_000)];
    assert.deepEqual(
      stuckConnections(listed, [101_000]).map(({ id }) => id),
      ['lost'],
    );
  });

  test('are never of another product, or of unknown age', () => {
    const others = [connection('a', 1, 'filtered_stream'), connection('b', 1, undefined), connection('c', undefined)];
    assert.deepEqual(stuckConnections(others.slice(0, 1), []), []);
    assert.deepEqual(stuckConnections(others.slice(2), []), []);
  });
});
