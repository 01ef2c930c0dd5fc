import type { LocalClock } from '../../clock.ts';
import { invalidRequest, notFound, ok, refused } from '../http/answers.ts';
import { pageOf } from '../http/paging.ts';
import { limitPerMethod } from '../http/rate-limit.ts';
import { anyRoute, appRoute, type Route } from '../http/route.ts';
import type { XaaFilter } from '../payloads/xaa-event.ts';
import { type Store, webhookOf } from '../state/store.ts';
import type { ActivitySubscription } from '../state/x-state.ts';
import { refusalOf } from './activity-permissions.ts';
import { parseSubscriptionChange, parseSubscriptionRequest } from './activity-subscription-request.ts';

interface ActivitySubscriptionDeps {
  readonly clock: LocalClock;
  readonly store: Store;
  readonly nextId: () => string;
  /** Per app; X's tiers have 1,500, 75,000 and 150,000. */
  readonly subscriptionLimit: number;
}

const base = '/2/activity/subscriptions';
const mostIds = 100;
/** In 15 minutes, of each method (docs.x.com rate limits). */
const mostCalls = 500;

function shown(subscription: ActivitySubscription) {
  const { id, eventType, filter, tag, webhookId, createdAt, updatedAt } = subscription;
  return {
    subscription_id: id,
    event_type: eventType,
    filter,
    ...(tag !== undefined && { tag }),
    ...(webhookId !== undefined && { webhook_id: webhookId }),
    created_at: createdAt,
    updated_at: updatedAt,
  };
}

function sameFilter(one: XaaFilter, other: XaaFilter): boolean {
  return one.user_id === other.user_id && one.keyword === other.keyword && one.direction === other.direction;
}

/** X Activity subscriptions (docs.x.com activity quickstart, OpenAPI 2.167 with the `meta` of 2.161). */
export function activitySubscriptionRoutes(deps: ActivitySubscriptionDeps): readonly Route[] {
  const { clock, store, nextId, subscriptionLimit } = deps;
  const all = () => store.state.activitySubscriptions;
  const total = () => ({ total_subscriptions: all().length });
  const nowText = () => new Date(clock.now()).toISOString();
  const knowsWebhook = (id: string | undefined) => id === undefined || webhookOf(store, id) !== undefined;
  const replaceAll = (next: readonly ActivitySubscription[]) =>
    store.change((state) => ({ ...state, activitySubscriptions: next }));

  const routes = [
    // What else the user has to allow depends on the event type.
    anyRoute(`POST ${base}`, [], ({ body, caller }) => {
      const parsed = parseSubscriptionRequest(body);
      if (parsed.kind === 'faulty') return invalidRequest(parsed.fault);
      const request = parsed.value;
      const refusal = refusalOf(caller, request);
      if (refusal) return refusal;
      if (!knowsWebhook(request.webhookId)) return refused('WebhookIdInvalid', 'Webhook does not exist');
      const isDuplicate = all().some(
        (other) => other.eventType === request.eventType && sameFilter(other.filter, request.filter),
      );
      if (isDuplicate) return invalidRequest('DuplicateSubscription: the subscription already exists');
      if (all().length >= subscriptionLimit) return refused('SubscriptionLimitExceeded');
      const at = nowText();
      const subscription = { id: nextId(), ...request, createdAt: at, updatedAt: at };
      replaceAll([...all(), subscription]);
      return ok({ data: { subscription: shown(subscription) }, meta: total() });
    }),

    anyRoute(`GET ${base}`, ['like.read', 'tweet.read'], ({ query, caller }) => {
      // A user sees their own, the app all.
      const seen = all().filter(({ filter }) => caller.kind === 'app' || filter.user_id === caller.userId);
      const page = pageOf(seen, query, { usual: 100, largest: 1000 });
      if ('refusal' in page) return page.refusal;
      const { items, nextToken } = page;
      return ok({
        data: items.map(shown),
        meta: { result_count: items.length, ...(nextToken !== undefined && { next_token: nextToken }) },
      });
    }),

    appRoute(`PUT ${base}/:subscription_id`, ({ body, param }) => {
      const id = param('subscription_id');
      const parsed = parseSubscriptionChange(body);
      const old = all().find((other) => other.id === id);
      if (parsed.kind === 'faulty') return invalidRequest(parsed.fault);
      if (old === undefined) return notFound('subscription', id);
      if (!knowsWebhook(parsed.value.webhookId)) return refused('WebhookIdInvalid', 'Webhook does not exist');
      const changed = { ...old, ...parsed.value, updatedAt: nowText() };
      replaceAll(all().map((other) => (other.id === id ? changed : other)));
      return ok({ data: { subscription: shown(changed), ...total() } });
    }),

    appRoute(`DELETE ${base}/:subscription_id`, ({ param }) => {
      const id = param('subscription_id');
      if (!all().some((other) => other.id === id)) return notFound('subscription', id);
      replaceAll(all().filter((other) => other.id !== id));
      return ok({ data: { deleted: true } });
    }),

    // Partial success: each unknown id has an error of its own.
    appRoute(`DELETE ${base}`, ({ query }) => {
      const ids = query.get('ids')?.split(',') ?? [];
      if (ids.length < 1 || ids.length > mostIds) return invalidRequest(`ids: must have 1 to ${mostIds} entries`);
      const known = new Set(all().map(({ id }) => id));
      replaceAll(all().filter(({ id }) => !ids.includes(id)));
      const errors = ids
        .filter((id) => !known.has(id))
        .map((id) => ({ subscription_id: id, reason: 'NotFound', message: 'Subscription does not exist' }));
      return ok({
        data: ids.filter((id) => known.has(id)).map((id) => ({ subscription_id: id, deleted: true })),
        ...(errors.length > 0 && { errors }),
        meta: total(),
      });
    }),
  ];
  return limitPerMethod(routes, clock, mostCalls);
}
