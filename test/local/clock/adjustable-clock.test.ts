import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { AdjustableClock } from '../../../local/clock/adjustable-clock.ts';
import { acceleratedFrom, localTime } from '../../../local/clock/clock-state.ts';

const epoch = Date.UTC(2026, 10, 21);

/** A clock that moves only when it is told. */
const frozenAt = (localAt: number) => new AdjustableClock({ realAt: Date.now(), localAt, speed: 0 });

describe('the local time', () => {
  test('is E + (real − E) × N', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 1, max: 60 }), (sinceEpoch, speed) => {
        assert.equal(localTime(acceleratedFrom(epoch, speed), epoch + sinceEpoch), epoch + sinceEpoch * speed);
      }),
    );
  });

  test('is the real one by default', () => {
    const before = Date.now();
    const now = new AdjustableClock().now();
    assert.ok(before <= now && now <= Date.now());
  });
});

describe('a clock that is set', () => {
  test('keeps its time when only the speed changes, and never runs backwards by it', async () => {
    const clock = new AdjustableClock(acceleratedFrom(epoch, 60));
    const before = clock.now();
    await clock.setSpeed(0);
    const frozen = clock.now();

    assert.ok(frozen >= before);
    assert.equal(clock.now(), frozen);
  });

  test('jumps by what it is advanced', async () => {
    const clock = frozenAt(epoch);
    await clock.advance(3_600_000);
    assert.equal(clock.now(), epoch + 3_600_000);
  });

  test('is set only when every follower has it', async () => {
    const clock = frozenAt(epoch);
    const { promise: followed, resolve } = Promise.withResolvers<void>();
    let isSet = false;
    const unfollow = clock.follow(() => followed);

    const setting = clock.advance(1).then(() => {
      isSet = true;
    });
    await new Promise(setImmediate);
    assert.equal(isSet, false);
    resolve();
    await setting;

    unfollow();
    await clock.advance(1);
  });
});

describe('sleeping', () => {
  test('until a time that has come ends at once', async () => {
    const clock = frozenAt(epoch);
    await clock.sleepUntil(epoch);
    await clock.sleepUntil(epoch - 1);
  });

  test('ends when the clock runs there, in real time divided by its speed', async () => {
    const clock = new AdjustableClock(acceleratedFrom(Date.now(), 1000));
    const until = clock.now() + 20_000;
    await clock.sleepUntil(until);
    assert.ok(clock.now() >= until);
  });

  test('goes on while the clock stands and ends when it is stepped over the time, in the order of the times', async () => {
    const clock = frozenAt(epoch);
    const woken: string[] = [];
    const sleeps = [
      clock.sleepUntil(epoch + 2000).then(() => woken.push('later')),
      clock.sleepUntil(epoch + 1000).then(() => woken.push('sooner')),
      clock.sleepUntil(epoch + 3000).then(() => woken.push('last')),
    ];

    await clock.advance(999);
    assert.deepEqual(woken, []);
    await clock.advance(1001);
    await Promise.all(sleeps.slice(0, 2));
    assert.deepEqual(woken, ['sooner', 'later']);

    await clock.setSpeed(1_000_000);
    await sleeps[2];
    assert.deepEqual(woken, ['sooner', 'later', 'last']);
  });

  test('ends with an AbortError when it is aborted, also over spans that no timer has', async () => {
    const controller = new AbortController();
    const clock = new AdjustableClock();
    const sleep = clock.sleepUntil(clock.now() + 2 ** 40, { signal: controller.signal });
    controller.abort();

    await assert.rejects(sleep, { name: 'AbortError' });
    await assert.rejects(clock.sleepUntil(0, { signal: controller.signal }), { name: 'AbortError' });
  });
});
