import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createBound, settleAll } from '../../shared/bounded.ts';

describe('a bound', () => {
  test('runs every task, never more at a time than it allows, and in the order they came', async () => {
    const bound = createBound(3);
    const [started, gates] = [[] as number[], Array.from({ length: 10 }, () => Promise.withResolvers<number>())];
    let most = 0;
    let running = 0;
    const results = gates.map(({ promise }, n) =>
      bound(async () => {
        started.push(n);
        running += 1;
        most = Math.max(most, running);
        await promise;
        running -= 1;
        return n;
      }),
    );
    for (const [n, { resolve }] of gates.entries()) {
      resolve(n);
      await results[n];
    }
    assert.deepEqual(await Promise.all(results), started);
    assert.equal(most, 3);
  });

  test('gives a failed task’s place to the next', async () => {
    const bound = createBound(1);
    await assert.rejects(bound(async () => Promise.reject(new Error('made up'))));
    assert.equal(await bound(async () => 'next'), 'next');
  });
});

test('waiting for all ends after the last, also when the first fails', async () => {
  const last = Promise.withResolvers<string>();
  let settled = false;
  const all = settleAll([Promise.reject(new Error('first')), last.promise]).finally(() => {
    settled = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(settled, false);
  last.resolve('last');
  await assert.rejects(all, /first/);
});
