import type { Clock } from '../../../shared/ports.ts';
import type { Outstanding } from '../outstanding.ts';
import { type Attempt, isDelivered } from '../state/sent-event.ts';

/** Waits before the second, third and fourth attempt (X's legacy enterprise guide; v2 publishes no schedule). */
const retryWaitsMs = [3_000, 27_000, 242_000];

export type Retry = (attempt: () => Promise<Attempt | undefined>) => Promise<void>;

/** Attempts again on X's schedule until one is delivered, or the webhook takes no more. */
export function createRetry(clock: Clock, outstanding: Pick<Outstanding, 'sleepUntil'>): Retry {
  return async (attempt) => {
    for (const waitMs of retryWaitsMs) {
      await outstanding.sleepUntil(clock.now() + waitMs);
      const made = await attempt();
      if (made === undefined || isDelivered(made)) return;
    }
  };
}
