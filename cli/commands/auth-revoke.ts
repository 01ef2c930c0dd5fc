import { GaplessError } from '../../shared/errors.ts';
import { openApiTokens } from '../credentials/open-stores.ts';
import { connectedAppsPage, revokeLogin } from '../credentials/revoke-login.ts';
import { appOption, dryRunOption } from '../framework/common-options.ts';
import { confirm } from '../framework/confirm.ts';
import { defineCommand } from '../framework/define-command.ts';
import { plainText } from '../output/plain-text.ts';
import { resolveTarget, targetOptions } from '../target/target.ts';

export const authRevokeCommand = defineCommand({
  name: 'auth revoke',
  summary: 'give back what an account allowed, and forget its tokens',
  details: [
    `X ends the token and the subscriptions that hang on it. An account can do the same at ${connectedAppsPage}.`,
  ],
  operands: { placeholder: 'ACCOUNT', min: 1, max: 1 },
  options: {
    ...targetOptions,
    ...appOption,
    yes: { type: 'boolean', summary: 'do it without asking' },
    ...dryRunOption,
  },
  examples: [{ line: 'gapless auth revoke 2244994945', effect: 'asks first' }],
  async run({ values, operands }, terminal) {
    const { app = 'default', yes, 'dry-run': dryRun } = values;
    const [userId = ''] = operands;
    const target = await resolveTarget(values, terminal);
    const store = await openApiTokens(target, app);
    const { users, keys } = await store.read();
    const token = users[userId];
    if (token === undefined)
      throw new GaplessError('NOT_FOUND', `Account ${plainText(userId)} has not logged in to app ${app}.`);
    if (dryRun) {
      await terminal.print(`would revoke the ${token.scheme} login of account ${userId}`);
      return;
    }
    if (!yes) await confirm(`Revoke the login of account ${userId}?`, terminal);
    const revocation = await revokeLogin(target.xApiUrl, keys, token, terminal.clock);
    if (revocation.kind === 'failed') {
      throw new GaplessError(
        'X_REFUSED',
        `X did not revoke it (${revocation.detail}); its tokens are kept. Run it again; the account can end it at ${connectedAppsPage}, too.`,
      );
    }
    await store.change((tokens) => {
      const { [userId]: _revoked, ...others } = tokens.users;
      return { ...tokens, users: others };
    });
    if (revocation.kind === 'revoked') return terminal.print(`revoked the ${token.scheme} login of account ${userId}`);
    await terminal.print(`forgot the ${token.scheme} login of account ${userId}`);
    terminal.note(`X ends no such login by itself (${revocation.detail}); the account does at ${connectedAppsPage}`);
  },
});
