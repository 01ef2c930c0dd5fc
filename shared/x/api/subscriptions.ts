import type { Client } from '@xdevplatform/xdk';
import { typeOfXaaName } from '../../domain/event-types.ts';
import { list, member } from '../../domain/json.ts';
import type { PresentActivity } from '../../domain/subscriptions/present.ts';
import type { WantedActivity } from '../../domain/subscriptions/wanted.ts';
import { ask, type XOutcome } from './client.ts';
import { readFailure } from './failure.ts';

/** The most that X lists on a page. */
const pageSize = 1_000;

/**
 * `GET /2/activity/subscriptions`, all pages. With an app's client those of the app, with an account's those of the account.
 * Fails between two pages once `signal` is aborted.
 */
export async function listActivities(
  client: Client,
  signal?: AbortSignal,
): Promise<XOutcome<readonly PresentActivity[]>> {
  const found: PresentActivity[] = [];
  let paginationToken: string | undefined;
  do {
    if (signal?.aborted) return { ok: false, failure: { detail: `only ${found.length} subscriptions listed in time` } };
    const page = { maxResults: pageSize, ...(paginationToken !== undefined && { paginationToken }) };
    const answer = await ask<unknown>(() => client.activity.getSubscriptions(page));
    const checked = answer.ok ? withoutErrors(answer.value) : answer;
    if (!checked.ok) return checked;
    found.push(...list(member(checked.value, 'data')).flatMap((item) => parseActivity(item) ?? []));
    const next = text(member(checked.value, 'meta', 'nextToken'));
    // A token that comes again would be asked for until X's limit is spent.
    paginationToken = next === paginationToken ? undefined : next;
  } while (paginationToken !== undefined);
  return { ok: true, value: found };
}

/** With 200 and errors instead of data X says that it does not know, not that there is nothing. */
export function withoutErrors(value: unknown): XOutcome<unknown> {
  const failed = member(value, 'data') === undefined && list(member(value, 'errors')).length > 0;
  return failed ? { ok: false, failure: readFailure({ status: 200, body: value }) } : { ok: true, value };
}

function parseActivity(item: unknown): PresentActivity | undefined {
  const subscriptionId = text(member(item, 'subscriptionId'));
  const type = text(member(item, 'eventType'));
  if (subscriptionId === undefined || type === undefined) return undefined;
  return {
    subscriptionId,
    type: typeOfXaaName(type),
    filter: texts(member(item, 'filter'), ['userId', 'keyword', 'direction']),
    ...texts(item, ['tag', 'webhookId', 'expiresAt']),
  };
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function texts<N extends string>(value: unknown, names: readonly N[]): Readonly<Partial<Record<N, string>>> {
  const found: Partial<Record<N, string>> = {};
  for (const name of names) {
    const one = text(member(value, name));
    if (one !== undefined) found[name] = one;
  }
  return found;
}

/** `POST /2/activity/subscriptions`. The id of the subscription, where X's answer has it. */
export async function createActivity(
  client: Client,
  { type, filter }: WantedActivity,
  { tag, webhookId }: { readonly tag?: string | undefined; readonly webhookId: string },
): Promise<XOutcome<string | undefined>> {
  const { userId, keyword, direction } = filter;
  const body = {
    event_type: type,
    filter: { user_id: userId, keyword, direction },
    tag,
    webhook_id: webhookId,
  };
  // Not `client.activity.createSubscription`: its type (0.6.6) lacks a third of the event types that X takes.
  const security = [{ OAuth2UserToken: [] }, { UserToken: [] }, { BearerToken: [] }];
  const answer = await ask(() =>
    client.request<unknown>('POST', '/2/activity/subscriptions', { body: JSON.stringify(body), security }),
  );
  const checked = answer.ok ? withoutErrors(answer.value) : answer;
  return checked.ok ? { ok: true, value: subscriptionIdOf(checked.value) } : checked;
}

/** X's documents show three shapes: `{data:{subscription:{…}}}`, `{data:[{…}]}` and `{data:{…}}`. */
export function subscriptionIdOf(answer: unknown): string | undefined {
  const data = member(answer, 'data');
  const places = [member(data, 'subscription'), list(data)[0], data];
  return places.map((place) => text(member(place, 'subscriptionId'))).find((id) => id !== undefined);
}

/** `PUT /2/activity/subscriptions/:id`: nothing else can be changed. */
export async function updateActivity(
  client: Client,
  subscriptionId: string,
  change: { readonly tag?: string; readonly webhookId?: string },
): Promise<XOutcome<void>> {
  const answer = await ask<unknown>(() => client.activity.updateSubscription(subscriptionId, { ...change }));
  const checked = answer.ok ? withoutErrors(answer.value) : answer;
  return checked.ok ? { ok: true, value: undefined } : checked;
}

/** What became of one id. */
export type Deletion = 'deleted' | 'absent' | { readonly reason: string };

/** `DELETE /2/activity/subscriptions?ids=`. X deletes those it can and tells of each other one. In the order of the ids. */
export async function deleteActivities(client: Client, ids: readonly string[]): Promise<XOutcome<readonly Deletion[]>> {
  const answer = await ask<unknown>(() => client.activity.deleteSubscriptionsByIds([...ids]));
  if (!answer.ok) return answer;
  const refused = new Map(
    list(member(answer.value, 'errors')).map((error) => [member(error, 'subscriptionId'), error]),
  );
  const kept = list(member(answer.value, 'data')).filter((item) => member(item, 'deleted') === false);
  const keptIds = new Set(kept.map((item) => member(item, 'subscriptionId')));
  return { ok: true, value: ids.map((id) => deletionOf(refused.get(id), keptIds.has(id))) };
}

function deletionOf(error: unknown, isKept: boolean): Deletion {
  if (error === undefined) return isKept ? { reason: 'X kept it without saying why' } : 'deleted';
  const reason = text(member(error, 'reason')) ?? '';
  const message = text(member(error, 'message')) ?? '';
  // Already gone is as good: what was to be is so.
  return /not.?found/i.test(reason) ? 'absent' : { reason: [reason, message].filter(Boolean).join(': ') };
}
