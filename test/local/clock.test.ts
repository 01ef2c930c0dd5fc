import assert from 'node:assert/strict';
import { test } from 'node:test';
import { realClock } from '../../local/clock.ts';

test('sleeping until now or earlier ends at once', async () => {
  await realClock.sleepUntil(realClock.now());
  await realClock.sleepUntil(0);
});

test('sleeping ends at its instant, not before', async () => {
  const atMs = realClock.now() + 5;

  await realClock.sleepUntil(atMs);

  assert.ok(realClock.now() >= atMs);
});

test('sleeping ends with an AbortError when it is aborted, also over spans that no timer has', async () => {
  const controller = new AbortController();
  const sleep = realClock.sleepUntil(realClock.now() + 2 ** 40, { signal: controller.signal });

  controller.abort();

  await assert.rejects(sleep, { name: 'AbortError' });
  await assert.rejects(realClock.sleepUntil(0, { signal: controller.signal }), { name: 'AbortError' });
});
