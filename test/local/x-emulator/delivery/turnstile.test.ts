import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTurnstile } from '../../../../local/x-emulator/delivery/turnstile.ts';

test('runs at most so many tasks at once, in order, also when some fail', async () => {
  const takeTurn = createTurnstile(2);
  const gates = Array.from({ length: 5 }, () => Promise.withResolvers<void>());
  const started: number[] = [];
  const results = gates.map((gate, index) =>
    takeTurn(async () => {
      started.push(index);
      await gate.promise;
      return index;
    }),
  );

  assert.deepEqual(started, [0, 1]);
  gates[1]?.reject(new Error('fails'));
  await assert.rejects(results[1] ?? Promise.resolve(), /fails/);
  assert.deepEqual(started, [0, 1, 2]);
  for (const { resolve } of gates) resolve();

  assert.deepEqual(await Promise.all(results.filter((_, index) => index !== 1)), [0, 2, 3, 4]);
  assert.deepEqual(started, [0, 1, 2, 3, 4]);
});
