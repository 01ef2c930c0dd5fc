import { setTimeout as sleep } from 'node:timers/promises';
import { isTransient } from './failures.ts';

const firstDelayMs = 50;
const longestDelayMs = 2_000;

/**
 * Repeats a call until it succeeds, fails for good, or the signal aborts; then the last failure is thrown. The waits
 * double and are jittered. The SDK's own strategy gives up when its bucket of retries is empty, after some 100 throttled
 * calls, and sleeps through an abort: its client should make one attempt only.
 */
export async function retryTransient<T>(
  call: () => Promise<T>,
  { signal, random }: { readonly signal: AbortSignal; readonly random: () => number },
): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    signal.throwIfAborted();
    try {
      return await call();
    } catch (failure) {
      if (!isTransient(failure) || signal.aborted) throw failure;
      const delayMs = random() * Math.min(firstDelayMs * 2 ** attempt, longestDelayMs);
      await sleep(delayMs, undefined, { signal }).catch(() => Promise.reject(failure));
    }
  }
}
