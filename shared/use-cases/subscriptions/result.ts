import type { Step } from '../../domain/subscriptions/steps.ts';
import type { StepAnswer, StepFailure } from '../../subscription-ports.ts';

/**
 * What became of a step. `already`: it was so before. `held-back`: what it would delete has a replacement that could not
 * be created. `not-tried`: X was not able, or refused the app's token, before its turn came.
 */
export type Outcome =
  | { readonly kind: 'done' | 'already' | 'held-back' | 'not-tried' }
  | { readonly kind: 'failed'; readonly why: StepFailure }
  /** X has the same subscription for another webhook, and no second one. */
  | { readonly kind: 'elsewhere'; readonly webhookId: string };

export interface Result {
  readonly step: Step;
  readonly outcome: Outcome;
}

export const isAsWanted = ({ outcome }: Result): boolean => outcome.kind === 'done' || outcome.kind === 'already';

export function resultOf(step: Step, answer: StepAnswer): Result {
  if (typeof answer === 'object') return { step, outcome: { kind: 'failed', why: answer } };
  const isElsewhere = step.action === 'create' && step.elsewhere !== undefined && answer === 'already';
  const outcome: Outcome = isElsewhere ? { kind: 'elsewhere', webhookId: step.elsewhere } : { kind: answer };
  return { step, outcome };
}

/** X has no room for another subscription. Of the X Activity API no name of the reason is published. */
export function isFull({ outcome }: Result): boolean {
  if (outcome.kind !== 'failed' || outcome.why.kind === 'login') return false;
  const { reason, status, detail } = outcome.why.failure;
  if (reason === 'SubscriptionLimitExceeded') return true;
  return (status === 400 || status === 403) && /subscription/i.test(detail) && /limit|maximum/i.test(detail);
}
