import { type Auth, lackingScopes } from '../../shared/domain/subscriptions/auth.ts';
import type { Step } from '../../shared/domain/subscriptions/steps.ts';
import type { StepFailure } from '../../shared/subscription-ports.ts';
import type { Outcome } from '../../shared/use-cases/subscriptions/result.ts';
import type { FailureReason, XFailure } from '../../shared/x/api/failure.ts';
import type { LoginCommand } from '../credentials/login-command.ts';
import { plainText } from '../output/plain-text.ts';
import type { CommandLine } from '../target/command-line.ts';

/** Commands as they have to be typed for the app and the stack at hand. */
export interface Commands {
  readonly command: CommandLine;
  readonly login: LoginCommand;
}

/** What became of a step that is not as wanted, and what to do. Empty for one that is. */
export function outcomeAdvice({ auth }: Step, outcome: Outcome, commands: Commands): string {
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
      return failureAdvice(outcome.why.failure, commands, { ...outcome.why, auth });
  }
}

/** With whose token X was asked, and whose it wanted. */
interface Asking extends Pick<Extract<StepFailure, { kind: 'refused' }>, 'as' | 'granted'> {
  readonly auth: Auth;
}

/** X's words and what to do about them. */
export function failureAdvice(failure: XFailure, commands: Commands, asking?: Asking): string {
  const { status, reason, detail } = failure;
  const words = plainText(detail).replace(/[.\s]+$/, '');
  const said = status === undefined ? `X could not be reached (${words})` : `X answered ${status} (${words})`;
  const advice = (reason && adviceByReason[reason]?.(commands.command)) ?? adviceByStatus(status, commands, asking);
  return `${said}: ${advice}.`;
}

/** What to do about X's named reasons, where the status says too little. */
const adviceByReason: Readonly<Partial<Record<FailureReason, (command: CommandLine) => string>>> = {
  WebhookIdInvalid: (command) => `X knows the webhook no more; register it with ${command('webhook register')}`,
  SubscriptionLimitExceeded: () => 'the app has as many subscriptions as X grants it; ask for fewer, or X for more',
  SubscriptionNotFound: (command) => `X has it no more; run ${command('subscriptions plan')} again`,
  CrcValidationFailed: (command) => `X could not check the webhook; see ${command('webhook validate')}`,
};

function adviceByStatus(status: number | undefined, { command, login }: Commands, asking: Asking | undefined): string {
  if (status === undefined || status >= 500) return 'run the same command again later; what is done stays done';
  if (status === 429) return 'its limit is spent for longer than 15 minutes; run the same command again later';
  if (status !== 401 && status !== 403) return `change the file as X says, and see ${command('subscriptions plan')}`;
  if (asking?.auth.kind === 'account' && asking.as !== 'app') return loginAdvice(status, login, asking.auth, asking);
  return status === 401
    ? `the app's bearer token is not taken; store a good one with ${command('secrets set')}`
    : 'the app has no access to this product or event; look at its tier in X’s developer portal';
}

/** Where X refuses the documented kind of login the other has been seen to work, and the other way round. */
function loginAdvice(
  status: 401 | 403,
  loginOf: LoginCommand,
  { userId, scopes, first }: Extract<Auth, { kind: 'account' }>,
  { as, granted }: Pick<Asking, 'as' | 'granted'>,
): string {
  const login = loginOf(userId);
  if (status === 401) return `the account's login is not taken; renew it with ${login}`;
  const lacking = lackingScopes(scopes, granted);
  if (lacking.length > 0) return lackingAdvice(lacking, login);
  if (as !== first) return `X's documentation wants the other kind of login; get it with ${login} --scheme ${first}`;
  const other = first === 'oauth2' ? 'oauth1' : 'oauth2';
  if (as === 'oauth1') {
    return `the login may lack the permission to read and write; renew it with ${login}, or try the other kind with --scheme ${other}`;
  }
  const has = granted === undefined || granted.length === 0 ? 'may lack' : 'has';
  return `the login ${has} ${scopesText(scopes)}; X has been seen to take the other kind of login instead: ${login} --scheme ${other}`;
}

export const lackingAdvice = (lacking: readonly string[], login: string): string =>
  `the account's login lacks ${scopesText(lacking)}; get it with ${login}`;

const scopesText = (scopes: readonly string[]) => `the scope${scopes.length === 1 ? '' : 's'} ${scopes.join(' ')}`;
