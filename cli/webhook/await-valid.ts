import { setTimeout as sleep } from 'node:timers/promises';
import type { Webhook } from '../../shared/x/api/webhooks.ts';
import type { WebhookAccess } from './x-access.ts';

const mostLooks = 12;
/** X's answer to the request says only that the check was asked for; one that was valid before shows so a little longer. */
const looksToTrust = 2;

/** Has X check the webhook and looks until it shows valid. Returns what X shows last; `undefined`: X does not know it any more. */
export async function awaitValid(
  x: Pick<WebhookAccess, 'list' | 'validate'>,
  webhookId: string,
  pauseMs = 1_000,
): Promise<Webhook | undefined> {
  await x.validate(webhookId);
  let found: Webhook | undefined;
  let seenValid = 0;
  for (let look = 0; look < mostLooks && seenValid < looksToTrust; look += 1) {
    await sleep(pauseMs);
    found = (await x.list()).find((webhook) => webhook.webhookId === webhookId);
    seenValid = found?.valid ? seenValid + 1 : 0;
  }
  return found;
}
