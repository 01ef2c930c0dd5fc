import type { Clock } from '../shared/ports.ts';

/** The clock of the local stack. Schedules, windows and retries follow it; timeouts of sockets and SDK calls stay real. */
export interface LocalClock extends Clock {
  /** Resolves once `now()` has reached `atMs`, also when the clock is stepped over it. Rejects with an AbortError when the signal aborts. */
  sleepUntil(atMs: number, options?: { readonly signal?: AbortSignal }): Promise<void>;
}
