import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../shared/ports.ts';
import type { WaitingClock } from '../../shared/subscription-ports.ts';

/** A local stack's clock may run many times as fast as the machine's, at a speed that may change. */
const longestNapMs = 200;

/** Makes any clock one that can be waited on, by looking at it again and again. */
export function waitingOn(clock: Clock): WaitingClock {
  return {
    now: () => clock.now(),
    async sleepUntil(atMs) {
      for (let left = atMs - clock.now(); left > 0; left = atMs - clock.now()) {
        await sleep(Math.min(left, longestNapMs));
      }
    },
  };
}
