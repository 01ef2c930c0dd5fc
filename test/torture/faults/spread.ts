import { setTimeout as pause } from 'node:timers/promises';

/** Waits real milliseconds; shorter when the faults are over. */
export async function wait(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal }).catch(() => {});
}

/** Does something so many times, evenly over the time, and stops when the faults are over. */
export async function spread(
  count: number,
  forMs: number,
  signal: AbortSignal,
  act: (index: number) => Promise<void> | void,
): Promise<void> {
  for (let index = 0; index < count && !signal.aborted; index += 1) {
    await act(index);
    if (index < count - 1) await wait(forMs / count, signal);
  }
}
