import { GaplessError } from '../../shared/errors.ts';
import { revokeToken } from '../../shared/x/oauth/oauth2.ts';
import { openApiTokens } from '../credentials/open-stores.ts';
import { appOption, dryRunOption } from '../framework/common-options.ts';
import { confirm } from '../framework/confirm.ts';
import { defineCommand } from '../framework/define-command.ts';
import { plainText } from '../output/plain-text.ts';
import { resolveTarget, targetOptions } from '../target/target.ts';

const timeoutMs = 15_000;

export const authRevokeCommand = defineCommand({
  name: 'auth revoke',
  summary: 'give back what an account allowed, and forget its tokens',
  details: [
    'X ends the subscriptions that hang on it. OAuth 1.0a tokens are only forgotten here: the account withdraws them in its settings, under connected apps.',
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
    if (token.scheme === 'oauth2') {
      const { clientId = '', clientSecret } = keys;
      const client = { baseUrl: target.xApiUrl, clientId, timeoutMs, ...(clientSecret && { clientSecret }) };
      const answer = await revokeToken(client, token.refreshToken ?? token.accessToken);
      // 400: X does not know the token any more, which is what was wanted.
      if (!answer.ok && answer.failure.status !== 400) {
        throw new GaplessError(
          'X_REFUSED',
          `X did not revoke it (${plainText(answer.failure.detail)}); its tokens are kept. Run it again.`,
        );
      }
    }
    await store.change((tokens) => {
      const { [userId]: _revoked, ...others } = tokens.users;
      return { ...tokens, users: others };
    });
    await terminal.print(`revoked the ${token.scheme} login of account ${userId}`);
  },
});
