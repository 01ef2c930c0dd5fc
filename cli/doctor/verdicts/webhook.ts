import type { Webhook } from '../../../shared/x/api/webhooks.ts';
import { plainText } from '../../output/plain-text.ts';
import type { CommandLine } from '../../target/command-line.ts';
import { type Finding, fail, ok } from '../finding.ts';

/** Whether X has the address, and delivers to it. */
export function judgeWebhook(webhooks: readonly Webhook[], url: string, command: CommandLine): Finding {
  const found = webhooks.find((webhook) => webhook.url === url);
  if (found?.valid) return ok(`${found.webhookId} is registered for ${url} and valid`);
  if (found !== undefined)
    return fail(
      `X holds ${found.webhookId} for invalid and delivers nothing`,
      command(`webhook validate ${found.webhookId}`),
    );
  const others = webhooks.map((webhook) => plainText(webhook.url)).join(', ');
  return fail(`X has none for ${url}${others && `; it has: ${others}`}`, command('webhook register'));
}
