import { GaplessError } from '../../shared/errors.ts';
import { appOption, dryRunOption, jsonOption } from '../framework/common-options.ts';
import { defineCommand } from '../framework/define-command.ts';
import { resolveTarget, targetOptions } from '../target/target.ts';
import { webhookUrlOf } from '../target/webhook-url.ts';
import { awaitValid } from '../webhook/await-valid.ts';
import { chooseWebhook } from '../webhook/choose.ts';
import { webhookLine } from '../webhook/webhook-lines.ts';
import { openWebhooks } from '../webhook/x-access.ts';

export const webhookValidateCommand = defineCommand({
  name: 'webhook validate',
  summary: 'have X check a webhook now, and wait for the outcome',
  details: ['Enables a webhook again that X had disabled. Without ID the one with the stack’s address.'],
  operands: { placeholder: 'ID', min: 0, max: 1 },
  options: { ...targetOptions, ...appOption, ...jsonOption, ...dryRunOption },
  examples: [{ line: 'gapless webhook validate', effect: 'the stack’s own' }],
  async run({ values, operands }, terminal) {
    const { app = 'default', json, 'dry-run': dryRun } = values;
    const target = await resolveTarget(values, terminal);
    const x = await openWebhooks(target, app, terminal);
    const chosen = await chooseWebhook(x, operands[0], webhookUrlOf(target, app));
    if (dryRun) {
      await terminal.print(`would have X check ${webhookLine(chosen, terminal, false)}`);
      return;
    }
    const webhook = await awaitValid(x, chosen.webhookId);
    if (webhook !== undefined) await terminal.print(webhookLine(webhook, terminal, json));
    if (webhook?.valid) return;
    throw new GaplessError(
      'WEBHOOK_NOT_READY',
      `X does not show webhook ${chosen.webhookId} as valid. ${x.command('webhook register')} plays the same check and says what is wrong.`,
    );
  },
});
