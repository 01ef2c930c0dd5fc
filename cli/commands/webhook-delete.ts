import { appOption, dryRunOption } from '../framework/common-options.ts';
import { confirm } from '../framework/confirm.ts';
import { defineCommand } from '../framework/define-command.ts';
import { resolveTarget, targetOptions } from '../target/target.ts';
import { webhookUrlOf } from '../target/webhook-url.ts';
import { chooseWebhook } from '../webhook/choose.ts';
import { webhookLine } from '../webhook/webhook-lines.ts';
import { openWebhooks } from '../webhook/x-access.ts';

export const webhookDeleteCommand = defineCommand({
  name: 'webhook delete',
  summary: 'remove a webhook from X, with its Account Activity subscriptions',
  details: ['X delivers nothing from then on. Without ID the one with the stack’s address.'],
  operands: { placeholder: 'ID', min: 0, max: 1 },
  options: {
    ...targetOptions,
    ...appOption,
    yes: { type: 'boolean', summary: 'do it without asking' },
    ...dryRunOption,
  },
  examples: [{ line: 'gapless webhook delete 1146654567674912769 --yes', effect: 'this one, unasked' }],
  async run({ values, operands }, terminal) {
    const { app = 'default', yes, 'dry-run': dryRun } = values;
    const target = await resolveTarget(values, terminal);
    const x = await openWebhooks(target, app, terminal);
    const chosen = await chooseWebhook(x, operands[0], webhookUrlOf(target, app));
    const line = webhookLine(chosen, terminal, false);
    if (dryRun) {
      await terminal.print(`would delete ${line}`);
      return;
    }
    if (!yes) await confirm(`Delete ${line}, with its Account Activity subscriptions?`, terminal);
    await x.delete(chosen.webhookId);
    await terminal.print(`deleted  ${line}`);
  },
});
