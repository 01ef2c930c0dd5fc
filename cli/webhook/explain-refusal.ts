import { GaplessError } from '../../shared/errors.ts';
import type { FailureReason, XFailure } from '../../shared/x/api/failure.ts';
import { plainText } from '../output/plain-text.ts';
import type { CommandLine } from '../target/command-line.ts';

const advice: Readonly<Partial<Record<FailureReason, (command: CommandLine) => string>>> = {
  CrcValidationFailed: (command) =>
    `X asked the address to prove itself and was not content with the answer, though the same check from here passed: the secret that the stack holds first is not the one that X has for this app. Compare it with the developer portal, then ${command('secrets set')}.`,
  UrlValidationFailed: () =>
    `X wants an https address without a port, of at most 200 characters, that anybody can reach. Give another with --url, or deploy with a domain of your own.`,
  DuplicateUrlFailed: (command) =>
    `This address is registered already, by another app of the account. ${command('webhook list')} shows what this app sees.`,
  WebhookLimitExceeded: (command) =>
    `The account has as many webhooks as its tier allows (pay-per-use: 1). They count over all its apps. ${command('webhook list')} shows those of this app; ${command('webhook delete ID')} removes one, with its Account Activity subscriptions.`,
  WebhookIdInvalid: (command) =>
    `X has no webhook with this id for the app. ${command('webhook list')} shows those it has.`,
};

/** X's no as an error that says what to do. */
export function refusal(what: string, failure: XFailure, command: CommandLine): GaplessError {
  const { status, reason, detail, retryAtMs } = failure;
  const said = plainText(detail);
  return new GaplessError('X_REFUSED', `X did not ${what} (${said}). ${next()}`);

  function next(): string {
    const known = reason === undefined ? undefined : advice[reason]?.(command);
    if (known !== undefined) return known;
    if (status === undefined) return 'No answer came. Is this machine online? Run it again: nothing is done twice.';
    if (status === 401) return `The bearer token is not one that X knows. ${command('secrets set')} stores a new one.`;
    if (status === 403)
      return 'The app is not enrolled for this product, or its tier does not have it: look at the developer portal.';
    if (status === 429) {
      const until = retryAtMs === undefined ? 'in a quarter of an hour' : `after ${new Date(retryAtMs).toISOString()}`;
      return `The rate limit is used up. Try again ${until}.`;
    }
    return status >= 500 ? 'X has a fault. Try again later.' : 'Mend that and run it again.';
  }
}
