import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { OccurredAtSource, Via } from '../../shared/domain/event.ts';
import { isLate } from '../../shared/domain/late.ts';

const receivedAtMs = Date.parse('2026-11-21T10:00:00Z');
const lateBy = (agoMs: number, occurredAtSource: OccurredAtSource = 'payload', via: Via = 'webhook') =>
  isLate({
    via,
    occurredAtSource,
    receivedAt: new Date(receivedAtMs).toISOString(),
    occurredAt: new Date(receivedAtMs - agoMs).toISOString(),
  });

describe('an event is late', () => {
  test('from nine minutes on, wherever its time comes from', () => {
    for (const source of ['payload', 'envelope', 'snowflake'] as const) {
      assert.equal(lateBy(9 * 60_000, source), true);
      assert.equal(lateBy(9 * 60_000 - 1, source), false);
    }
  });

  test('never by the time of its receipt, nor when it comes from the future', () => {
    fc.assert(
      fc.property(fc.nat(400 * 86_400_000), (ms) => {
        assert.equal(lateBy(ms, 'received'), false);
        assert.equal(lateBy(-ms), false);
      }),
    );
  });

  test('never by the stream, which fills back what is hours old', () => {
    for (const via of ['stream', 'backfill'] as const) assert.equal(lateBy(24 * 3_600_000, 'payload', via), false);
  });

  test('when X says that it is replayed, whatever its time', () => {
    assert.equal(lateBy(0, 'received', 'replay'), true);
  });
});
