import type { StepAnswer, WaitingClock } from '../../subscription-ports.ts';

/** Before the second and the third attempt. */
const waitsMs: readonly number[] = [2_000, 8_000];

/** No answer, or one that says nothing about the request: X is not able at the moment. */
export function isOutage(answer: StepAnswer): boolean {
  if (typeof answer === 'string' || answer.kind === 'login') return false;
  const { status } = answer.failure;
  return status === undefined || status >= 500;
}

/**
 * Asks up to three times while X is not able. A create whose answer was lost is a duplicate the next time, so nothing
 * doubles.
 */
export async function attempt(
  call: () => Promise<readonly StepAnswer[]>,
  clock: WaitingClock,
): Promise<readonly StepAnswer[]> {
  let answers = await call();
  for (const waitMs of waitsMs) {
    if (!answers.some(isOutage)) break;
    await clock.sleepUntil(clock.now() + waitMs);
    answers = await call();
  }
  return answers;
}
