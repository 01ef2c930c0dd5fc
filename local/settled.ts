import { setTimeout as delay } from 'node:timers/promises';
import type { QueueDepth } from '../shared/aws/queue-depth.ts';
import type { FunctionRunner } from './lambda/function-runner.ts';

/** Real milliseconds between two looks at the queues. */
const lookAgainMs = 10;

/** Resolves when none of the functions runs and nothing waits or is in flight in the queues. Rejects when the signal aborts. */
export async function untilSettled(
  functions: readonly FunctionRunner[],
  readDepths: () => Promise<readonly QueueDepth[]>,
  signal?: AbortSignal,
): Promise<void> {
  for (;;) {
    signal?.throwIfAborted();
    const depths = await readDepths();
    const isBusy = functions.some(({ running }) => running > 0);
    if (!isBusy && depths.every(({ waiting, inFlight }) => waiting + inFlight === 0)) return;
    await delay(lookAgainMs);
  }
}
