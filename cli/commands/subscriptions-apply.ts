import { GaplessError } from '../../shared/errors.ts';
import { confirm } from '../framework/confirm.ts';
import { defineCommand } from '../framework/define-command.ts';
import { counted } from '../output/counted.ts';
import { applyApp } from '../subscriptions/apply-app.ts';
import { openAppAtX } from '../subscriptions/open-app.ts';
import { chosenApps, subscriptionOptions } from '../subscriptions/options.ts';
import { changesOf, planApp } from '../subscriptions/plan-app.ts';
import { planJson } from '../subscriptions/plan-json.ts';
import { planLines } from '../subscriptions/plan-lines.ts';
import { defaultFile, readSubscriptionsFile } from '../subscriptions/read-file.ts';
import { resolveTarget } from '../target/target.ts';

export const subscriptionsApplyCommand = defineCommand({
  name: 'subscriptions apply',
  summary: 'make X’s subscriptions what the file says',
  details: [
    'Creates, then changes, then deletes. Only what reaches this stack’s webhook, or was made for it, is ever deleted.',
    'Keeps to X’s 500 calls in 15 minutes. Ctrl-C stops it; the same command goes on where it stopped.',
    'Fails when anything is not as wanted at the end. The watcher compares what was applied with what X has every 15 minutes.',
  ],
  options: {
    ...subscriptionOptions,
    yes: { type: 'boolean', summary: 'do not ask before anything is changed' },
    'dry-run': { type: 'boolean', summary: 'show the plan and change nothing' },
    json: { type: 'boolean', summary: 'one JSON object a line: each step with its outcome' },
  },
  examples: [
    { line: 'gapless subscriptions apply --local', effect: 'shows the plan, asks, and does it' },
    { line: 'gapless subscriptions apply --yes --json', effect: 'for a pipeline' },
  ],
  async run({ values }, terminal) {
    const { json = false, yes = false, 'dry-run': dryRun = false } = values;
    const wanted = await readSubscriptionsFile(values.file ?? defaultFile, terminal);
    const target = await resolveTarget(values, terminal);
    let unfinished = 0;
    for (const [app, some] of chosenApps(wanted, values.app)) {
      const atX = await openAppAtX(target, app, terminal, values.file);
      const plan = await planApp(atX, some);
      if (dryRun || !json) {
        for (const line of json ? planJson(plan) : planLines(plan, terminal)) await terminal.print(line);
      }
      if (dryRun) continue;
      if (changesOf(plan) > 0 && !yes)
        await confirm(`Change ${counted(changesOf(plan), 'subscription')} of app ${app}?`, terminal);
      unfinished += await applyApp(target, atX, plan, json, terminal);
    }
    if (unfinished === 0) return;
    throw new GaplessError(
      'X_REFUSED',
      `${unfinished} not as wanted; each line above says why and what to do. Run the same command again after that: what is done stays done.`,
    );
  },
});
