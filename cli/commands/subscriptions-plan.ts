import { defineCommand } from '../framework/define-command.ts';
import { openAppAtX } from '../subscriptions/open-app.ts';
import { chosenApps, subscriptionOptions } from '../subscriptions/options.ts';
import { planApp } from '../subscriptions/plan-app.ts';
import { planJson } from '../subscriptions/plan-json.ts';
import { planLines } from '../subscriptions/plan-lines.ts';
import { defaultFile, readSubscriptionsFile } from '../subscriptions/read-file.ts';
import { resolveTarget } from '../target/target.ts';

export const subscriptionsPlanCommand = defineCommand({
  name: 'subscriptions plan',
  summary: 'compare the file of wanted subscriptions with what X has',
  details: [
    'Shows what would be created, changed and deleted, whose token each takes, the limits of X’s tiers and its fee per event. Changes nothing.',
    'docs/subscriptions.md describes the file.',
  ],
  options: {
    ...subscriptionOptions,
    json: { type: 'boolean', summary: 'one JSON object a line, the last of each app with action "summary"' },
  },
  examples: [
    { line: 'gapless subscriptions plan --local', effect: 'of subscriptions.json, for the stack on this machine' },
    { line: 'gapless subscriptions plan --file eu.json --app eu', effect: 'of one app' },
  ],
  async run({ values }, terminal) {
    const wanted = await readSubscriptionsFile(values.file ?? defaultFile, terminal);
    const target = await resolveTarget(values, terminal);
    for (const [app, some] of chosenApps(wanted, values.app)) {
      const plan = await planApp(await openAppAtX(target, app, terminal, values.file), some);
      for (const line of values.json ? planJson(plan) : planLines(plan, terminal)) await terminal.print(line);
    }
  },
});
