import type { LocalStack } from '../stack.ts';
import { registerWebhook, removeOtherWebhooks } from './register-webhook.ts';
import { subscribeAccounts } from './subscribe-accounts.ts';

/**
 * Registers the stack's webhook with its X. The emulator's accounts are subscribed too, and its traffic starts if
 * wanted; with another X nobody is subscribed and nothing is sent. Throws `LOCAL_START_FAILED`.
 */
export async function connectToX(
  { xApiUrl, webhookUrl, emulator }: Pick<LocalStack, 'xApiUrl' | 'webhookUrl' | 'emulator'>,
  { bearerToken, traffic }: { readonly bearerToken: string; readonly traffic: boolean },
): Promise<void> {
  const x = { baseUrl: xApiUrl, bearerToken };
  if (emulator !== undefined) await removeOtherWebhooks(x, webhookUrl);
  const { webhookId, isNew } = await registerWebhook(x, webhookUrl);
  if (emulator === undefined) return;
  if (isNew) await subscribeAccounts(x, webhookId);
  if (traffic) emulator.startTraffic();
}
