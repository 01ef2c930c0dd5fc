import type { Client } from '@xdevplatform/xdk';
import { list, member } from '../../domain/json.ts';
import { ask, type XOutcome } from './client.ts';
import { withoutErrors } from './subscriptions.ts';

/** `GET …/subscriptions/all/list`: ids of the accounts that are subscribed on the webhook. */
export async function listAccounts(client: Client, webhookId: string): Promise<XOutcome<readonly string[]>> {
  const answer = await ask<unknown>(() => client.accountActivity.getSubscriptions(webhookId));
  const checked = answer.ok ? withoutErrors(answer.value) : answer;
  if (!checked.ok) return checked;
  const ids = list(member(checked.value, 'data', 'subscriptions')).map((item) => member(item, 'userId'));
  return { ok: true, value: ids.filter((id) => typeof id === 'string') };
}

/** `POST …/subscriptions/all`: the account is the one whose client asks. */
export async function subscribeAccount(account: Client, webhookId: string): Promise<XOutcome<void>> {
  const answer = await ask<unknown>(() => account.accountActivity.createSubscription(webhookId, {}));
  const checked = answer.ok ? withoutErrors(answer.value) : answer;
  if (!checked.ok) return checked;
  if (member(checked.value, 'data', 'subscribed') !== false) return { ok: true, value: undefined };
  return { ok: false, failure: { status: 200, detail: 'X answered that the account is not subscribed' } };
}

/** `GET …/subscriptions/all`, as the account. */
export async function isAccountSubscribed(account: Client, webhookId: string): Promise<XOutcome<boolean>> {
  const answer = await ask<unknown>(() => account.accountActivity.validateSubscription(webhookId));
  return answer.ok ? { ok: true, value: member(answer.value, 'data', 'subscribed') === true } : answer;
}

/** `DELETE …/subscriptions/:user_id/all`. X has no way to remove several at once. */
export async function unsubscribeAccount(client: Client, webhookId: string, userId: string): Promise<XOutcome<void>> {
  const answer = await ask<unknown>(() => client.accountActivity.deleteSubscription(webhookId, userId));
  const checked = answer.ok ? withoutErrors(answer.value) : answer;
  return checked.ok ? { ok: true, value: undefined } : checked;
}

/** How many subscriptions X has granted the app, and how many it has on all webhooks. */
export interface AccountCount {
  readonly granted: number;
  readonly used: number;
}

/** `GET /2/account_activity/subscriptions/count`. X writes the numbers as text. */
export async function countAccounts(client: Client): Promise<XOutcome<AccountCount | undefined>> {
  const answer = await ask<unknown>(() => client.accountActivity.getSubscriptionCount());
  if (!answer.ok) return answer;
  const granted = Number(member(answer.value, 'data', 'provisionedCount') ?? Number.NaN);
  const used = Number(member(answer.value, 'data', 'subscriptionsCountAll') ?? Number.NaN);
  const known = Number.isInteger(granted) && Number.isInteger(used);
  return { ok: true, value: known ? { granted, used } : undefined };
}
