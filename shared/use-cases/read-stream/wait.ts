import type { Clock } from '../../ports.ts';
import type { Timer } from '../../stream-ports.ts';

/** Real milliseconds between two looks at the clock, which may run faster than the time that passes. */
export const lookAgainMs = 100;

export async function waitUntil(
  { clock, timer }: { readonly clock: Clock; readonly timer: Timer },
  atMs: number,
  signal: AbortSignal,
): Promise<void> {
  for (let leftMs = atMs - clock.now(); leftMs > 0 && !signal.aborted; leftMs = atMs - clock.now()) {
    await timer.sleep(Math.min(leftMs, lookAgainMs), signal);
  }
}

/** Looks again and again, until the signal aborts. */
export async function lookOften(timer: Timer, signal: AbortSignal, look: () => void): Promise<void> {
  while (!signal.aborted) {
    await timer.sleep(lookAgainMs, signal);
    if (!signal.aborted) look();
  }
}
