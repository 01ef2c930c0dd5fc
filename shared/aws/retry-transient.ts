import { setTimeout as sleep } from 'node:timers/promises';
import { isTransient } from './failures.ts';

const firstDelayMs = 50;
const longestDelayMs = 2_000;

/**
 * Repeats a call until it succeeds, fails for good, or the signal aborts; then the last failure that was not the abort
 * itself is thrown. The waits double and are jittered. The SDK's own strategy gives up as soon as its bucket of retries
 * is empty, after some 100 throttled calls: a client used here should make one attempt only.
 */
export async function retryTransient<T>(
  call: () => Promise<T>,
  { signal, random }: { readonly signal: AbortSignal; readonly random: () => number },
): Promise<T> {
  let lastFailure: unknown;
  for (let attempt = 0; ; attempt += 1) {
    if (signal.aborted) throw lastFailure ?? signal.reason;
    try {
      return await call();
    } catch (failure) {
      if (signal.aborted) throw lastFailure ?? failure;
      if (!isTransient(failure)) throw failure;
      lastFailure = failure;
    }
    const delayMs = random() * Math.min(firstDelayMs * 2 ** attempt, longestDelayMs);
    await sleep(delayMs, undefined, { signal }).catch(() => Promise.reject(lastFailure));
  }
}
