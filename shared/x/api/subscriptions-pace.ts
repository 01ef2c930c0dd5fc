import { type CallWindow, nextCallAt, noCalls, windowMs, withCall } from '../../domain/subscriptions/call-window.ts';
import type { WaitingClock } from '../../subscription-ports.ts';

/** What one app may ask X when. */
export interface CallPace {
  /** Resolves when the call may be made, and counts it. `line`: calls whose limit X counts together. */
  ready(line: string): Promise<void>;
  /** Takes X's answer to account. True: X was asked too often and the call is to be repeated. */
  answered(line: string, status: number, headers: Headers): boolean;
}

export interface CallPaceOptions {
  readonly clock: WaitingClock;
  /** Told before a wait; `untilMs` by the clock. */
  readonly onWait: (untilMs: number) => void;
}

/** X's windows end within 15 minutes; a limit that ends later is one of a day, for which nobody waits. */
const longestWaitMs = windowMs + 60_000;
const unknownWaitMs = 60_000;
const mostRepeats = 5;

/** Keeps to 500 calls in 15 minutes, and to what X's `x-rate-limit` headers say beyond that. */
export function createCallPace({ clock, onWait }: CallPaceOptions): CallPace {
  let calls: CallWindow = noCalls;
  const closedUntil = new Map<string, number>();
  const refusedInARow = new Map<string, number>();

  const waitUntil = async (atMs: number): Promise<void> => {
    onWait(atMs);
    await clock.sleepUntil(atMs);
  };

  return {
    async ready(line) {
      for (;;) {
        const now = clock.now();
        const at = Math.max(nextCallAt(calls, now), closedUntil.get(line) ?? now);
        if (at <= now) break;
        await waitUntil(at);
      }
      calls = withCall(calls, clock.now());
    },

    answered(line, status, headers) {
      const isRefused = status === 429;
      const now = clock.now();
      const seconds = Number(headers.get('x-rate-limit-reset') ?? Number.NaN);
      const reset = Number.isFinite(seconds) ? seconds * 1_000 : now + unknownWaitMs;
      if (reset - now > longestWaitMs) return false;
      if (isRefused || headers.get('x-rate-limit-remaining') === '0') closedUntil.set(line, reset);
      const repeats = isRefused ? (refusedInARow.get(line) ?? 0) + 1 : 0;
      refusedInARow.set(line, repeats);
      return isRefused && repeats <= mostRepeats;
    },
  };
}
