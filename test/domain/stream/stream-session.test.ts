import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { breaksBetween, covered, type StreamSession } from '../../../shared/domain/stream/stream-session.ts';

const session = (fromMs: number, toMs: number): StreamSession => ({
  app: 'default',
  kind: 'live',
  holder: 'h',
  connectedAtMs: fromMs,
  fromMs,
  toMs,
});

describe('the coverage of the stream', () => {
  test('is what its sessions cover together', () => {
    assert.deepEqual(covered([session(20, 30), session(0, 10), session(9, 20)]), [{ fromMs: 0, toMs: 30 }]);
  });

  test('has breaks between its parts, and none before or after them', () => {
    assert.deepEqual(breaksBetween([session(50, 60), session(0, 10), session(20, 30), session(25, 40)]), [
      { fromMs: 10, toMs: 20 },
      { fromMs: 40, toMs: 50 },
    ]);
    assert.deepEqual(breaksBetween([]), []);
  });

  test('is not extended by a session that has proven nothing yet', () => {
    assert.deepEqual(breaksBetween([session(0, 10), session(20, 20)]), []);
  });
});
