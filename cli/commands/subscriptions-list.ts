import { defineCommand } from '../framework/define-command.ts';
import { listApp, listingJson, listingLines } from '../subscriptions/list-app.ts';
import { openAppAtX } from '../subscriptions/open-app.ts';
import { resolveTarget, targetOptions } from '../target/target.ts';

export const subscriptionsListCommand = defineCommand({
  name: 'subscriptions list',
  summary: 'show the subscriptions that X has',
  details: [
    'All X Activity subscriptions of the app, those for other webhooks and the stream included, and the Account Activity subscriptions on this stack’s webhook.',
  ],
  options: {
    ...targetOptions,
    app: { type: 'string', value: 'APP', summary: 'this X app (default: every app of the stack)' },
    json: { type: 'boolean', summary: 'one JSON object a line' },
  },
  examples: [
    { line: 'gapless subscriptions list --local', effect: 'of the stack on this machine' },
    { line: 'gapless subscriptions list --app eu --json', effect: 'of one app, for a program' },
  ],
  async run({ values }, terminal) {
    const target = await resolveTarget(values, terminal);
    const apps = values.app === undefined ? Object.keys(target.outputs.apiTokenSecretArns) : [values.app];
    for (const app of apps) {
      const listing = await listApp(await openAppAtX(target, app, terminal));
      for (const line of values.json ? listingJson(listing) : listingLines(listing, terminal)) {
        await terminal.print(line);
      }
    }
  },
});
