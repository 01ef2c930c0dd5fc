import type { Auth } from '../../shared/domain/subscriptions/auth.ts';
import type { Step } from '../../shared/domain/subscriptions/steps.ts';
import type { AskedAs } from '../../shared/subscription-ports.ts';
import type { Outcome } from '../../shared/use-cases/subscriptions/result.ts';
import type { FailureReason, XFailure } from '../../shared/x/api/failure.ts';
import { plainText } from '../output/plain-text.ts';

const ofApp = (app: string) => (app === 'default' ? '' : ` --app ${app}`);

export const loginCommand = (app: string, userId: string) => `gapless auth login --account ${userId}${ofApp(app)}`;

/** What became of a step that is not as wanted, and what to do. Empty for one that is. */
export function outcomeAdvice({ auth }: Step, outcome: Outcome, app: string): string {
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
      if (outcome.why.kind === 'login') return outcome.why.why;
      return failureAdvice(outcome.why.failure, app, { auth, as: outcome.why.as });
  }
}

/** With whose token X was asked, and whose it wanted. */
interface Asking {
  readonly auth: Auth;
  readonly as: AskedAs;
}

/** X's words and what to do about them. */
export function failureAdvice(failure: XFailure, app: string, asking?: Asking): string {
  const { status, reason, detail } = failure;
  const words = plainText(detail).replace(/[.\s]+$/, '');
  const said = status === undefined ? `X could not be reached (${words})` : `X answered ${status} (${words})`;
  const advice = (reason && adviceByReason[reason]?.(app)) ?? adviceByStatus(status, app, asking);
  return `${said}: ${advice}.`;
}

/** What to do about X's named reasons, where the status says too little. */
const adviceByReason: Readonly<Partial<Record<FailureReason, (app: string) => string>>> = {
  WebhookIdInvalid: (app) => `X knows the webhook no more; register it with gapless webhook register${ofApp(app)}`,
  SubscriptionLimitExceeded: () => 'the app has as many subscriptions as X grants it; ask for fewer, or X for more',
  SubscriptionNotFound: () => 'X has it no more; run gapless subscriptions plan again',
  CrcValidationFailed: (app) => `X could not check the webhook; see gapless webhook validate${ofApp(app)}`,
};

function adviceByStatus(status: number | undefined, app: string, asking: Asking | undefined): string {
  if (status === undefined || status >= 500) return 'run the same command again later; what is done stays done';
  if (status === 429) return 'its limit is spent for longer than 15 minutes; run the same command again later';
  if (status !== 401 && status !== 403) return 'change the file as X says, and see gapless subscriptions plan';
  if (asking?.auth.kind === 'account' && asking.as !== 'app') return loginAdvice(status, app, asking.auth, asking.as);
  return status === 401
    ? `the app's bearer token is not taken; store a good one with gapless secrets set${ofApp(app)}`
    : 'the app has no access to this product or event; look at its tier in X’s developer portal';
}

/** Where X refuses the documented kind of login the other has been seen to work, and the other way round. */
function loginAdvice(
  status: 401 | 403,
  app: string,
  { userId, scopes, first }: Extract<Auth, { kind: 'account' }>,
  as: Exclude<AskedAs, 'app'>,
): string {
  const login = loginCommand(app, userId);
  if (status === 401) return `the account's login is not taken; renew it with ${login}`;
  if (as !== first) return `X's documentation wants the other kind of login; get it with ${login} --scheme ${first}`;
  const other = first === 'oauth2' ? 'oauth1' : 'oauth2';
  const lacking =
    as === 'oauth2' ? `may lack a scope of ${scopes.join(' ')}` : 'may lack the permission to read and write';
  return `the login ${lacking}; renew it with ${login}, or try the other kind with --scheme ${other}`;
}
