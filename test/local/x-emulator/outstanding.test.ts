import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { createOutstanding } from '../../../local/x-emulator/outstanding.ts';
import { ManualClock } from './manual-clock.ts';

/** Whether it has come so far within some turns of the event loop. */
async function isOver(promise: Promise<unknown>): Promise<boolean> {
  let over = false;
  void promise.then(() => {
    over = true;
  });
  for (let turns = 5; turns > 0; turns -= 1) await setImmediate();
  return over;
}

function start() {
  const clock = new ManualClock();
  const ending = new AbortController();
  const errors: unknown[] = [];
  const outstanding = createOutstanding(clock, ending.signal, (error) => errors.push(error));
  return { clock, ending, errors, outstanding };
}

describe('an emulator has caught up', () => {
  test('when nothing is under way', async () => {
    assert.ok(await isOver(start().outstanding.caughtUp()));
  });

  test('while its work sleeps until a later time, and again only when the woken work is done', async () => {
    const { clock, outstanding } = start();
    const work = Promise.withResolvers<void>();
    outstanding.track(outstanding.sleepUntil(clock.now() + 1_000).then(() => work.promise));

    assert.ok(await isOver(outstanding.caughtUp()));
    assert.equal(await isOver(outstanding.idle()), false);
    clock.advance(1_000);
    const caughtUp = outstanding.caughtUp();
    assert.equal(await isOver(caughtUp), false);
    work.resolve();
    assert.ok(await isOver(caughtUp));
    assert.ok(await isOver(outstanding.idle()));
  });

  test('only when work has gone to sleep that another woke', async () => {
    const { clock, outstanding } = start();
    const gate = Promise.withResolvers<void>();
    outstanding.track(gate.promise.then(() => outstanding.sleepUntil(clock.now() + 1_000)));

    const caughtUp = outstanding.caughtUp();
    assert.equal(await isOver(caughtUp), false);
    gate.resolve();
    assert.ok(await isOver(caughtUp));
  });
});

test('errors are reported, save those of an emulator that ends', async () => {
  const { clock, ending, errors, outstanding } = start();
  const error = new Error('fails');

  outstanding.track(Promise.reject(error));
  outstanding.track(outstanding.sleepUntil(clock.now() + 1_000));
  await setImmediate();
  ending.abort();
  await outstanding.idle();

  assert.deepEqual(errors, [error]);
});
