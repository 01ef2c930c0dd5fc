import { setImmediate } from 'node:timers/promises';
import type { LocalClock } from '../clock.ts';

/** Work that goes on after the call that started it. */
export interface Outstanding {
  /** Errors of `work` are reported, except those of an ending emulator. It sleeps by `sleepUntil` alone, if at all. */
  track(work: Promise<unknown>): void;
  /** Of the emulator's clock. Rejects when the emulator ends. */
  sleepUntil(atMs: number): Promise<void>;
  /** Resolves when nothing is under way, also nothing that was started meanwhile. */
  idle(): Promise<void>;
  /** Resolves when all that is still under way sleeps until a later time of the clock. */
  caughtUp(): Promise<void>;
}

export function createOutstanding(
  clock: LocalClock,
  signal: AbortSignal,
  report: (error: unknown) => void,
): Outstanding {
  const running = new Set<Promise<void>>();
  const sleepers = new Set<{ readonly atMs: number }>();
  let changed = Promise.withResolvers<void>();
  const change = () => {
    changed.resolve();
    changed = Promise.withResolvers();
  };
  const asleep = () => [...sleepers].filter(({ atMs }) => atMs > clock.now()).length;

  return {
    track(work) {
      const settled: Promise<void> = work
        .then(
          () => {},
          (error: unknown) => {
            if (!signal.aborted) report(error);
          },
        )
        .finally(() => {
          running.delete(settled);
          change();
        });
      running.add(settled);
    },
    async sleepUntil(atMs) {
      const sleeper = { atMs };
      sleepers.add(sleeper);
      change();
      await clock.sleepUntil(atMs, { signal }).finally(() => sleepers.delete(sleeper));
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
    async caughtUp() {
      // Whoever the clock has just woken starts its work at the next turn of the event loop.
      await setImmediate();
      while (running.size > asleep()) await changed.promise;
    },
  };
}
