import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { backOffMs, type FailureKind, failedAgain } from '../../../shared/domain/stream/back-off.ts';
import { nextTry } from '../../../shared/domain/stream/next-try.ts';

const waits = (kind: FailureKind, times: number) =>
  Array.from({ length: times }, (_, index) => backOffMs({ kind, count: index + 1 }));

describe('the back-off of X’s streams', () => {
  test('grows by 250 ms up to 16 s after errors of the network', () => {
    const expected = Array.from({ length: 64 }, (_, index) => 250 * (index + 1));
    assert.deepEqual(waits('network', 66), [...expected, 16_000, 16_000]);
  });

  test('doubles from 5 s up to 320 s after HTTP errors', () => {
    assert.deepEqual(
      waits('http', 9),
      [5, 10, 20, 40, 80, 160, 320, 320, 320].map((seconds) => seconds * 1_000),
    );
  });

  test('doubles from a minute after 429, up to the length of X’s window', () => {
    assert.deepEqual(
      waits('limited', 7),
      [1, 2, 4, 8, 16, 16, 16].map((minutes) => minutes * 60_000),
    );
  });

  test('begins anew with another kind of failure', () => {
    const third = failedAgain(failedAgain(failedAgain(undefined, 'http'), 'http'), 'http');
    assert.deepEqual(third, { kind: 'http', count: 3 });
    assert.deepEqual(failedAgain(third, 'network'), { kind: 'network', count: 1 });
  });
});

describe('the next connection', () => {
  const before = { kind: 'network', count: 7 } as const;

  test('comes at once after X ended a steady one, whatever failed before it', () => {
    assert.deepEqual(nextTry({ kind: 'ended', livedMs: 20_000 }, before, 1_000), { atMs: 1_000 });
  });

  test('comes after a pause when X ended one that had hardly begun', () => {
    const failing = { kind: 'network', count: 8 };
    assert.deepEqual(nextTry({ kind: 'ended', livedMs: 19_999 }, before, 1_000), { atMs: 3_000, failing });
  });

  test('forgets what failed before a steady connection', () => {
    const outcome = { kind: 'failed', failure: 'network', livedMs: 60_000 } as const;
    assert.deepEqual(nextTry(outcome, before, 0), { atMs: 250, failing: { kind: 'network', count: 1 } });
  });

  test('waits for X’s rate limit to open where that is later', () => {
    const outcome = { kind: 'failed', failure: 'limited', livedMs: 0, retryAtMs: 90_000 } as const;
    assert.deepEqual(nextTry(outcome, undefined, 0), { atMs: 90_000, failing: { kind: 'limited', count: 1 } });
    assert.equal(nextTry({ ...outcome, retryAtMs: 30_000 }, undefined, 0).atMs, 60_000);
  });
});
