import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createSampledLog } from '../../../functions/receive-webhook/sampled-log.ts';

function start() {
  const time = { now: 0 };
  const lines: unknown[] = [];
  const log = createSampledLog({
    clock: { now: () => time.now },
    write: ({ reason }) => lines.push(reason),
    summarize: (leftOut) => lines.push(leftOut),
  });
  const flood = (count: number, reason: string) => {
    for (let i = 0; i < count; i += 1) log({ reason, fields: {} });
  };
  return { time, lines, flood };
}

describe('the sampled log', () => {
  test('writes everything while little happens', () => {
    const { time, lines, flood } = start();
    for (const at of [0, 10_000, 20_000]) {
      time.now = at;
      flood(5, 'wrong-signature');
    }
    assert.equal(lines.length, 15);
    assert.ok(lines.every((line) => line === 'wrong-signature'));
  });

  test('writes five lines of a flood, and after the window how many more there were', () => {
    const { time, lines, flood } = start();
    flood(7, 'wrong-signature');
    time.now = 9_999;
    flood(2, 'wrong-signature');
    assert.deepEqual(lines, Array(5).fill('wrong-signature'));
    time.now = 10_000;
    flood(1, 'missing-signature');
    assert.deepEqual(lines.slice(5), [{ 'wrong-signature': 4 }, 'missing-signature']);
    time.now = 20_000;
    flood(1, 'wrong-signature');
    assert.deepEqual(lines.slice(7), ['wrong-signature'], 'a quiet window has no summary');
  });

  test('lets a flood hide nothing else', () => {
    const { lines, flood } = start();
    flood(1_000, 'missing-signature');
    flood(1, 'SECRET_UNAVAILABLE');
    assert.deepEqual(lines, [...Array(5).fill('missing-signature'), 'SECRET_UNAVAILABLE']);
  });
});
