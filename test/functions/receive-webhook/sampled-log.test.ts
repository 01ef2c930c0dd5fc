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

  test('writes five lines of a flood, and in the next window how many more there were', () => {
    const { time, lines, flood } = start();
    flood(3, 'missing-signature');
    flood(10, 'wrong-signature');
    flood(4, 'missing-signature');
    const first = [...Array(3).fill('missing-signature'), 'wrong-signature', 'wrong-signature'];
    assert.deepEqual(lines, first);
    time.now = 9_999;
    flood(1, 'wrong-signature');
    assert.deepEqual(lines, first);
    time.now = 10_000;
    flood(1, 'missing-signature');
    assert.deepEqual(lines, [...first, { 'wrong-signature': 9, 'missing-signature': 4 }, 'missing-signature']);
    time.now = 20_000;
    flood(1, 'wrong-signature');
    assert.equal(lines.at(-1), 'wrong-signature');
    assert.equal(lines.length, 8, 'a quiet window has no summary');
  });
});
