import type { Step } from '../../shared/domain/subscriptions/steps.ts';
import type { Outcome } from '../../shared/use-cases/subscriptions/result.ts';
import type { FailureReason, XFailure } from '../../shared/x/api/failure.ts';
import { plainText } from '../output/plain-text.ts';

const ofApp = (app: string) => (app === 'default' ? '' : ` --app ${app}`);

/** What to do about X's named reasons, where the status says too little. */
const adviceByReason: Readonly<Partial<Record<FailureReason, (app: string) => string>>> = {
  WebhookIdInvalid: (app) => `X knows the webhook no more; register it with gapless webhook register${ofApp(app)}`,
  SubscriptionLimitExceeded: () => 'the app has as many subscriptions as X grants it; ask for fewer, or X for more',
  SubscriptionNotFound: () => 'X has it no more; run gapless subscriptions plan again',
  CrcValidationFailed: (app) => `X could not check the webhook; see gapless webhook validate${ofApp(app)}`,
};

/** X's words and what to do about them. `userId`: with whose token it was asked; the app's without. */
export function failureAdvice(failure: XFailure, app: string, userId?: string): string {
  const { status, reason, detail } = failure;
  const words = plainText(detail).replace(/[.\s]+$/, '');
  const said = status === undefined ? `X could not be reached (${words})` : `X answered ${status} (${words})`;
  const advice = (reason && adviceByReason[reason]?.(app)) ?? adviceByStatus(status, app, userId);
  return `${said}: ${advice}.`;
}

function adviceByStatus(status: number | undefined, app: string, userId: string | undefined): string {
  if (status === undefined || status >= 500) return 'run the same command again later; what is done stays done';
  if (status === 401) {
    return userId === undefined
      ? `the app's bearer token is not taken; store a good one with gapless secrets set${ofApp(app)}`
      : `the account's login is not taken; renew it with ${loginCommand(app, userId)}`;
  }
  if (status === 403 && userId !== undefined) {
    return `the login lacks a scope, or X wants the other kind of login; renew it with ${loginCommand(app, userId)}`;
  }
  if (status === 403) return 'the app has no access to this product or event; look at its tier in X’s developer portal';
  if (status === 429) return 'X’s limit is spent for longer than 15 minutes; run the same command again later';
  return 'change the file as X says, and see gapless subscriptions plan';
}

export const loginCommand = (app: string, userId: string) => `gapless auth login --account ${userId}${ofApp(app)}`;

/** What became of a step that is not as wanted, and what to do. Empty for one that is. */
export function outcomeAdvice(step: Step, outcome: Outcome, app: string): string {
  const { auth } = step;
  const userId = auth.kind === 'account' ? auth.userId : '';
  switch (outcome.kind) {
    case 'done':
    case 'already':
      return '';
    case 'not-tried':
      return 'X was not able before its turn came; run the same command again.';
    case 'held-back':
      return 'what replaces it could not be created; it goes once that is there.';
    case 'elsewhere':
      return `X has it for webhook ${outcome.webhookId} and takes it once; delete it there, or name the stack of that webhook.`;
    case 'failed':
      return outcome.why.kind === 'login'
        ? outcome.why.why
        : failureAdvice(outcome.why.failure, app, outcome.why.asAccount ? userId : undefined);
  }
}
