import { type Random, randomBelow } from '../random.ts';

const burstShare = 0.02;
const largestBurst = 20;
const meanBurst = (largestBurst + 1) / 2;

/** `count` events that come together, `afterMs` after the ones before. */
export interface Arrival {
  readonly afterMs: number;
  readonly count: number;
}

/** Exponential gaps with a burst now and then; `rate` events a second in the mean. */
export function nextArrival(rate: number, random: Random): Arrival {
  const count = random() < burstShare ? 1 + randomBelow(random, largestBurst) : 1;
  const meanCount = 1 + burstShare * (meanBurst - 1);
  return { afterMs: (-Math.log(1 - random()) * 1000 * meanCount) / rate, count };
}
