import { GaplessError } from '../../shared/errors.ts';
import { openAppSecrets } from '../credentials/open-stores.ts';
import { appOption, dryRunOption, jsonOption } from '../framework/common-options.ts';
import { defineCommand } from '../framework/define-command.ts';
import { resolveTarget, targetOptions } from '../target/target.ts';
import { webhookUrlOf } from '../target/webhook-url.ts';
import { awaitEndpoint } from '../webhook/await-endpoint.ts';
import { register } from '../webhook/register.ts';
import { urlFault } from '../webhook/url-fault.ts';
import { webhookLine } from '../webhook/webhook-lines.ts';
import { openWebhooks } from '../webhook/x-access.ts';

const patienceMs = 60_000;

export const webhookRegisterCommand = defineCommand({
  name: 'webhook register',
  summary: 'make X know the webhook of the stack',
  details: [
    'Plays X’s challenge against the address first, waits up to a minute until it passes, and names what is wrong otherwise.',
    'A webhook that X already has under this address is adopted, and checked if it is not valid.',
  ],
  options: {
    ...targetOptions,
    ...appOption,
    url: { type: 'string', value: 'URL', summary: 'this address instead of the stack’s' },
    ...jsonOption,
    ...dryRunOption,
  },
  examples: [
    { line: 'gapless webhook register', effect: 'the deployed stack’s' },
    { line: 'gapless webhook register --local --app brand', effect: 'of another app, at the local X' },
  ],
  async run({ values }, terminal) {
    const { app = 'default', json, 'dry-run': dryRun } = values;
    const target = await resolveTarget(values, terminal);
    const url = values.url ?? webhookUrlOf(target, app);
    const fault = urlFault(url, target.xApiUrl);
    if (fault !== undefined) throw new GaplessError('USAGE', `${JSON.stringify(url)} cannot be registered: ${fault}`);
    const x = await openWebhooks(target, app, terminal);
    if (dryRun) {
      const known = (await x.list()).find((webhook) => webhook.url === url);
      await terminal.print(known ? `would adopt ${webhookLine(known, terminal, false)}` : `would register ${url}`);
      return;
    }
    const secrets = await (await openAppSecrets(target, app)).read();
    await awaitEndpoint(secrets, {
      url,
      app,
      command: x.command,
      clock: target.clock,
      note: terminal.note,
      patienceMs,
    });
    const webhook = await register(x, url);
    await terminal.print(
      json ? webhookLine(webhook, terminal, true) : `${webhook.outcome}  ${webhookLine(webhook, terminal, false)}`,
    );
    if (webhook.valid) return;
    throw new GaplessError(
      'WEBHOOK_NOT_READY',
      `X shows webhook ${webhook.webhookId} as not valid after its check, though the same check from here passed: compare the app's secret with the developer portal, then ${x.command('webhook validate')}.`,
    );
  },
});
