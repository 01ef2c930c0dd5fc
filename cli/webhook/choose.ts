import { GaplessError } from '../../shared/errors.ts';
import type { Webhook } from '../../shared/x/api/webhooks.ts';
import { plainText } from '../output/plain-text.ts';
import type { WebhookAccess } from './x-access.ts';

/** The webhook with this id, or else with the stack's address. Throws `NOT_FOUND` with what there is. */
export async function chooseWebhook(x: WebhookAccess, id: string | undefined, url: string): Promise<Webhook> {
  const webhooks = await x.list();
  const chosen = webhooks.find((webhook) => (id === undefined ? webhook.url === url : webhook.webhookId === id));
  if (chosen !== undefined) return chosen;
  const known = webhooks.map((webhook) => `${webhook.webhookId} (${plainText(webhook.url)})`).join(', ') || 'none';
  const wanted = id === undefined ? `for ${url}` : id;
  const next = id === undefined ? ` ${x.command('webhook register')} makes one.` : '';
  throw new GaplessError('NOT_FOUND', `X has no webhook ${wanted}; it has: ${known}.${next}`);
}
