import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTurns } from './in-turns.ts';

test('candidates are measured in turns, the order reversed each time', async () => {
  const order: string[] = [];
  const results = await inTurns(
    ['a', 'b'],
    async (candidate, turn) => {
      order.push(candidate);
      return turn;
    },
    { budgetMs: 0, atLeast: 3 },
  );
  assert.equal(order.join(''), 'abbaab');
  assert.deepEqual(
    [...results.values()],
    [
      [0, 1, 2],
      [0, 1, 2],
    ],
  );
});
