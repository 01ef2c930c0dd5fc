import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../shared/ports.ts';

/** The clock of the local stack. Schedules, windows and retries follow it; timeouts of sockets and SDK calls stay real. */
export interface LocalClock extends Clock {
  /** Resolves once `now()` has reached `atMs`, also when the clock is stepped over it. Rejects with an AbortError when the signal aborts. */
  sleepUntil(atMs: number, options?: { readonly signal?: AbortSignal }): Promise<void>;
}

/** A longer timer fires at once (docs of Node's setTimeout). */
const longestTimerMs = 2 ** 31 - 1;

/** The machine's own time. */
export const realClock: LocalClock = {
  now: () => Date.now(),
  async sleepUntil(atMs, options = {}) {
    options.signal?.throwIfAborted();
    for (let left = atMs - Date.now(); left > 0; left = atMs - Date.now()) {
      await delay(Math.min(left, longestTimerMs), undefined, options);
    }
  },
};
