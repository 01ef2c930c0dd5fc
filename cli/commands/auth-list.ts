import { readOperatorCredentials } from '../credentials/operator-credentials.ts';
import { listUser, userLines } from '../credentials/user-listing.ts';
import { appOption, jsonOption } from '../framework/common-options.ts';
import { defineCommand } from '../framework/define-command.ts';
import { plainJson, plainText } from '../output/plain-text.ts';
import { commandLineOf } from '../target/command-line.ts';
import { resolveTarget, targetOptions } from '../target/target.ts';

export const authListCommand = defineCommand({
  name: 'auth list',
  summary: 'show which accounts have logged in, and for what',
  details: ['Tokens are never shown. The owner of the app is among them where its access token is known.'],
  options: { ...targetOptions, ...appOption, ...jsonOption },
  examples: [{ line: 'gapless auth list', effect: 'of the default app' }],
  async run({ values }, terminal) {
    const target = await resolveTarget(values, terminal);
    const { app = 'default' } = values;
    const { users } = await readOperatorCredentials(target, app, terminal.env);
    const listings = Object.entries(users).map(([userId, token]) => listUser(userId, token));
    for (const listing of listings) {
      const lines = values.json ? [plainJson(JSON.stringify(listing))] : userLines(listing).map(plainText);
      for (const line of lines) await terminal.print(line);
    }
    if (listings.length === 0)
      terminal.note(`No account has logged in yet: ${commandLineOf(target, app)('auth login')}`);
  },
});
