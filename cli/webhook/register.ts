import type { Webhook } from '../../shared/x/api/webhooks.ts';
import { awaitValid } from './await-valid.ts';
import { refusal } from './explain-refusal.ts';
import type { WebhookAccess } from './x-access.ts';

/** `adopted`: X had a webhook with this address. */
export interface Registration extends Webhook {
  readonly outcome: 'registered' | 'adopted';
}

const adopting = new Set(['DuplicateUrlFailed', 'WebhookLimitExceeded']);

/**
 * Makes X know the address, whatever it knew before. A call whose answer was lost is no failure: what it made is adopted.
 * Throws `X_REFUSED` with what to do.
 */
export async function register(x: WebhookAccess, url: string): Promise<Registration> {
  const known = await find(x, url);
  if (known !== undefined) return adopt(x, known);
  const created = await x.create(url);
  if (created.ok) return { webhookId: created.value, url, valid: true, outcome: 'registered' };
  const { status, reason } = created.failure;
  const late = status === undefined || adopting.has(reason ?? '') ? await find(x, url) : undefined;
  if (late === undefined) throw refusal(`register ${url}`, created.failure, x.command);
  return adopt(x, late);
}

async function find(x: WebhookAccess, url: string): Promise<Webhook | undefined> {
  return (await x.list()).find((webhook) => webhook.url === url);
}

async function adopt(x: WebhookAccess, webhook: Webhook): Promise<Registration> {
  const now = webhook.valid ? webhook : await awaitValid(x, webhook.webhookId);
  return { ...webhook, valid: now?.valid === true, outcome: 'adopted' };
}
