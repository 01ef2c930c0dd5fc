import { parsePort } from '../arguments/port.ts';
import { chooseScheme, defaultCallbackPort as defaultPort } from '../credentials/login.ts';
import { loginAccount } from '../credentials/login-account.ts';
import { readOperatorCredentials } from '../credentials/operator-credentials.ts';
import { listUser, userLines } from '../credentials/user-listing.ts';
import { wantedScopes } from '../credentials/wanted-scopes.ts';
import { appOption, dryRunOption } from '../framework/common-options.ts';
import { defineCommand } from '../framework/define-command.ts';
import { commandLineOf } from '../target/command-line.ts';
import { resolveTarget, targetOptions } from '../target/target.ts';

export const authLoginCommand = defineCommand({
  name: 'auth login',
  summary: 'let an account allow the app what its subscriptions need',
  details: [
    'Opens X’s page of consent, waits for the browser on this machine, and stores the account’s tokens in the stack, which renews them.',
    `The callback http://127.0.0.1:${defaultPort}/callback (or with your --port) must be among those of the app in the developer portal; X refuses localhost.`,
  ],
  options: {
    ...targetOptions,
    ...appOption,
    account: { type: 'string', value: 'ID', summary: 'the account it must be; another is not stored' },
    scheme: { type: 'string', value: 'NAME', summary: 'oauth2 or oauth1 (default: oauth2 if the app has a client id)' },
    scopes: {
      type: 'string',
      value: 'LIST',
      summary: 'OAuth 2.0 scopes, separated by spaces (default: what the account’s subscriptions need)',
    },
    file: { type: 'string', value: 'FILE', summary: 'the subscriptions (default: subscriptions.json if it is there)' },
    port: { type: 'string', value: 'PORT', summary: `where the browser comes back (default: ${defaultPort})` },
    'no-browser': { type: 'boolean', summary: 'only print the address' },
    ...dryRunOption,
  },
  examples: [
    { line: 'gapless auth login --account 2244994945', effect: 'asks for what its subscriptions need' },
    {
      line: 'gapless auth login --scheme oauth1 --no-browser',
      effect: 'for Account Activity, on a machine without a browser',
    },
  ],
  async run({ values }, terminal) {
    const { app = 'default', account, 'dry-run': dryRun } = values;
    const target = await resolveTarget(values, terminal);
    const credentials = await readOperatorCredentials(target, app, terminal.env);
    const scheme = chooseScheme(credentials, values.scheme, commandLineOf(target, app));
    const port = parsePort(values.port, defaultPort);
    const scopes =
      values.scopes?.split(/[\s,]+/).filter(Boolean) ?? (await wantedScopes(values.file, { app, account }, terminal));
    if (dryRun) {
      const what = scheme === 'oauth2' ? `the scopes ${scopes.join(' ')}` : 'access by OAuth 1.0a';
      await terminal.print(`would ask for ${what}, and wait on 127.0.0.1:${port}`);
      return;
    }
    const request = { account, scheme, scopes, port, opensBrowser: values['no-browser'] !== true };
    const { userId, token } = await loginAccount(target, credentials, request, terminal);
    await terminal.print('logged in');
    for (const line of userLines(listUser(userId, token))) await terminal.print(`  ${line}`);
  },
});
