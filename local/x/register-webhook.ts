import type { Client } from '@xdevplatform/xdk';
import { GaplessError } from '../../shared/errors.ts';
import { ask, createXClient, type XOutcome } from '../../shared/x/api/client.ts';
import { listWebhooks, validateWebhook } from '../../shared/x/api/webhooks.ts';

export interface Registration {
  readonly webhookId: string;
  /** False: X had this webhook already. */
  readonly isNew: boolean;
}

export interface XAccess {
  readonly baseUrl: string;
  readonly bearerToken: string;
}

const timeoutMs = 20_000;

/**
 * Makes X know the webhook: registers it, or adopts the one that has this URL and has X check it again.
 * Throws `LOCAL_START_FAILED` with X's own words.
 */
export async function registerWebhook(x: XAccess, url: string): Promise<Registration> {
  const client = createXClient({ ...x, timeoutMs });
  const known = expectOk(await listWebhooks(client), 'list the webhooks of the app', x);
  const same = known.find((webhook) => webhook.url === url);
  if (same !== undefined) {
    expectOk(await validateWebhook(client, same.webhookId), `check ${url} again`, x);
    return { webhookId: same.webhookId, isNew: false };
  }
  return { webhookId: expectOk(await createWebhook(client, url), `register ${url}`, x), isNew: true };
}

/** Removes every webhook with another URL: of an emulator, those that earlier runs left in its data. */
export async function removeOtherWebhooks(x: XAccess, url: string): Promise<void> {
  const client = createXClient({ ...x, timeoutMs });
  const known = expectOk(await listWebhooks(client), 'list the webhooks of the app', x);
  for (const { webhookId } of known.filter((webhook) => webhook.url !== url)) {
    expectOk(await ask(() => client.webhooks.delete(webhookId)), `remove the webhook ${webhookId}`, x);
  }
}

async function createWebhook(client: Client, url: string): Promise<XOutcome<string>> {
  const answer = await ask(() => client.webhooks.create({ url }));
  if (!answer.ok) return answer;
  const id = answer.value.data?.id;
  return typeof id === 'string' ? { ok: true, value: id } : { ok: false, failure: { detail: 'the answer has no id' } };
}

function expectOk<T>(outcome: XOutcome<T>, what: string, { baseUrl }: XAccess): T {
  if (outcome.ok) return outcome.value;
  const { status, detail } = outcome.failure;
  const next =
    status === 401 || status === 403
      ? 'Set X_BEARER_TOKEN to the bearer token of the app.'
      : 'Mend it there, or start without X_API_BASE_URL to use the built-in X.';
  throw new GaplessError('LOCAL_START_FAILED', `X at ${baseUrl} did not ${what}: ${detail}. ${next}`);
}
