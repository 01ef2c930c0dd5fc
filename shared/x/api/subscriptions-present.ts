import type { Client } from '@xdevplatform/xdk';
import { hasAccountActivity } from '../../domain/subscriptions/keys.ts';
import { keysOnWebhook, type Present } from '../../domain/subscriptions/present.ts';
import { countAccounts, listAccounts } from './account-activity.ts';
import type { XOutcome } from './client.ts';
import type { XFailure } from './failure.ts';
import { listActivities } from './subscriptions.ts';

/**
 * Everything that X has for the app, with the app's client. `withAccounts`: the Account Activity API is needed. Without
 * it, that X refuses to show it means that the app has none there; X ends it on 2027-01-01.
 */
export async function readPresent(
  client: Client,
  webhookId: string,
  withAccounts: boolean,
): Promise<XOutcome<Present>> {
  const activities = await listActivities(client);
  if (!activities.ok) return activities;
  const accounts = await listAccounts(client, webhookId);
  if (!accounts.ok) {
    const hasNone = !withAccounts && hasNoAccounts(accounts.failure);
    return hasNone ? { ok: true, value: { activities: activities.value, accounts: [] } } : accounts;
  }
  const count = withAccounts ? await countAccounts(client) : undefined;
  const present = { activities: activities.value, accounts: accounts.value };
  if (count === undefined || !count.ok || count.value === undefined) return { ok: true, value: present };
  const elsewhere = count.value.used - accounts.value.length;
  return { ok: true, value: { ...present, accountLimit: count.value.granted - elsewhere } };
}

/** What reaches the webhook, and how many subscriptions of the X Activity API do not. */
export interface OnWebhook {
  readonly keys: readonly string[];
  readonly elsewhere: number;
}

/**
 * The keys of what reaches the webhook, for the detector of missing subscriptions. `wanted`: the keys that it compares
 * with; without Account Activity among them that API is asked for only by `all`, and may refuse. Once `signal` is
 * aborted no further page is.
 */
export async function presentSubscriptions(
  client: Client,
  webhookId: string,
  wanted: readonly string[],
  { all = false, signal }: { readonly all?: boolean; readonly signal?: AbortSignal } = {},
): Promise<XOutcome<OnWebhook>> {
  const activities = await listActivities(client, signal);
  if (!activities.ok) return activities;
  const isWanted = hasAccountActivity(wanted);
  const accounts = isWanted || all ? await listAccounts(client, webhookId) : undefined;
  if (accounts?.ok === false && (isWanted || !hasNoAccounts(accounts.failure))) return accounts;
  const present = { activities: activities.value, accounts: accounts?.ok ? accounts.value : [] };
  const elsewhere = activities.value.filter((activity) => activity.webhookId !== webhookId).length;
  return { ok: true, value: { keys: keysOnWebhook(present, webhookId), elsewhere } };
}

/** X refuses whoever has no Account Activity API to show it. */
function hasNoAccounts({ status = 0 }: XFailure): boolean {
  return status >= 400 && status < 500 && status !== 429;
}
