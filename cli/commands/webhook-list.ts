import { appOption, jsonOption } from '../framework/common-options.ts';
import { defineCommand } from '../framework/define-command.ts';
import { commandLineOf } from '../target/command-line.ts';
import { resolveTarget, targetOptions } from '../target/target.ts';
import { webhookLine } from '../webhook/webhook-lines.ts';
import { openWebhooks } from '../webhook/x-access.ts';

export const webhookListCommand = defineCommand({
  name: 'webhook list',
  summary: 'show the webhooks that X has for the app, and whether they are valid',
  details: ['X delivers nothing to a webhook that is not valid.'],
  options: { ...targetOptions, ...appOption, ...jsonOption },
  examples: [{ line: 'gapless webhook list --json', effect: 'for a program' }],
  async run({ values }, terminal) {
    const { app = 'default' } = values;
    const target = await resolveTarget(values, terminal);
    const webhooks = await (await openWebhooks(target, app, terminal)).list();
    for (const webhook of webhooks) await terminal.print(webhookLine(webhook, terminal, values.json));
    if (webhooks.length === 0)
      terminal.note(`X has no webhook for this app. ${commandLineOf(target, app)('webhook register')} makes one.`);
  },
});
