import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { judgeStream } from '../../../../cli/doctor/verdicts/stream.ts';

const nowMs = Date.parse('2026-11-21T12:00:00.000Z');
const stream = (secondsAgo: number, breaksToday = 0) => ({
  connections: [],
  coveredUpTo: new Date(nowMs - secondsAgo * 1_000).toISOString(),
  breaksToday,
  lastDisconnect: null,
});

describe('the stream', () => {
  test('is well while it is in the queue up to a moment ago', () => {
    assert.equal(judgeStream(stream(20), nowMs).status, 'ok');
    assert.equal(judgeStream(stream(300), nowMs).status, 'ok');
  });

  test('fails once a break is longer than X fills back, or when nothing came at all', () => {
    assert.equal(judgeStream(stream(301), nowMs).status, 'fail');
    assert.equal(judgeStream({ ...stream(0), coveredUpTo: null }, nowMs).status, 'fail');
  });

  test('warns of breaks of the day', () => {
    const { status, mend } = judgeStream(stream(20, 2), nowMs);
    assert.deepEqual([status, mend], ['warn', 'docs/runbook.md#stream-broken']);
  });
});
