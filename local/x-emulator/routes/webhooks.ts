import { member } from '../../../shared/domain/json.ts';
import type { LocalClock } from '../../clock.ts';
import { type Answer, invalidRequest, ok, refused } from '../http/answers.ts';
import { limitPerMethod } from '../http/rate-limit.ts';
import { appOrOAuth1Route, appRoute, type Route } from '../http/route.ts';
import { type Store, webhookOf } from '../state/store.ts';
import type { Webhook } from '../state/x-state.ts';
import { urlFault } from '../webhooks/url-rules.ts';
import type { Validator } from '../webhooks/validator.ts';

interface WebhookRoutesDeps {
  readonly clock: LocalClock;
  readonly store: Store;
  readonly validator: Validator;
  readonly nextId: () => string;
  /** Per account; X's tiers have 1 and 5. */
  readonly webhookLimit: number;
}

/** In 15 minutes, of each method (docs.x.com rate limits). */
const mostCalls = 450;
const fields = ['created_at', 'id', 'url', 'valid'];

function shown({ id, url, valid, createdAt }: Webhook) {
  return { created_at: createdAt, id, url, valid };
}

function urlIn(body: unknown): string | undefined {
  const url = member(body, 'url');
  return typeof url === 'string' && url !== '' ? url : undefined;
}

/** `/2/webhooks`: the app's webhooks (docs.x.com webhooks quickstart). */
export function webhookRoutes({ clock, store, validator, nextId, webhookLimit }: WebhookRoutesDeps): readonly Route[] {
  /** The limit goes first: seen in the wild for a duplicate at the limit. */
  const faultOf = (url: string): Answer | undefined => {
    const { webhooks } = store.state;
    if (webhooks.length >= webhookLimit) return refused('WebhookLimitExceeded');
    if (webhooks.some((other) => other.url === url)) return refused('DuplicateUrlFailed', 'URL is registered already');
    const fault = urlFault(url);
    return fault === undefined ? undefined : refused('UrlValidationFailed', fault);
  };

  const routes = [
    appOrOAuth1Route('POST /2/webhooks', async ({ body }) => {
      const url = urlIn(body);
      if (url === undefined) return invalidRequest('$.url: is missing but it is required');
      const fault = faultOf(url);
      if (fault) return fault;
      const outcome = await validator.check(url);
      if (outcome.kind !== 'passed') return refused('CrcValidationFailed', outcome.detail);
      const nowMs = clock.now();
      const createdAt = new Date(nowMs).toISOString();
      const webhook = { id: nextId(), url, valid: true, createdAt, validatedAtMs: nowMs };
      // While the CRC was under way another request may have taken the place.
      const lateFault = faultOf(url);
      if (lateFault) return lateFault;
      store.change((state) => ({ ...state, webhooks: [...state.webhooks, webhook] }));
      return ok({ data: shown(webhook) });
    }),

    appRoute('GET /2/webhooks', ({ query }) => {
      const wanted = query.get('webhook_config.fields')?.split(',') ?? fields;
      if (wanted.some((field) => !fields.includes(field))) {
        return invalidRequest(`webhook_config.fields: must be among [${fields.join(',')}]`);
      }
      const data = store.state.webhooks.map((webhook) =>
        Object.fromEntries(Object.entries(shown(webhook)).filter(([field]) => wanted.includes(field))),
      );
      return ok({ data, meta: { result_count: data.length } });
    }),

    // `valid` means that the check was triggered, not that it passed: GET tells.
    appOrOAuth1Route('PUT /2/webhooks/:webhook_id', ({ param }) => {
      const webhook = webhookOf(store, param('webhook_id'));
      if (webhook === undefined) return refused('WebhookIdInvalid', 'Webhook does not exist');
      validator.trigger(webhook.id);
      return ok({ data: { valid: true } });
    }),

    // X does not say what becomes of XAA subscriptions: they are kept here, and deliver nothing.
    appOrOAuth1Route('DELETE /2/webhooks/:webhook_id', ({ param }) => {
      const webhook = webhookOf(store, param('webhook_id'));
      if (webhook === undefined) return refused('WebhookIdInvalid', 'Webhook does not exist');
      store.change((state) => ({
        ...state,
        webhooks: state.webhooks.filter(({ id }) => id !== webhook.id),
        accountSubscriptions: state.accountSubscriptions.filter(({ webhookId }) => webhookId !== webhook.id),
        streamLinks: state.streamLinks.filter(({ webhookId }) => webhookId !== webhook.id),
      }));
      return ok({ data: { deleted: true } });
    }),
  ];
  return limitPerMethod(routes, clock, mostCalls);
}
