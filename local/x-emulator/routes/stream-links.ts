import type { LocalClock } from '../../clock.ts';
import { ok, refused } from '../http/answers.ts';
import { appRoute, type Route } from '../http/route.ts';
import { type Store, webhookOf } from '../state/store.ts';

interface StreamLinkDeps {
  readonly clock: LocalClock;
  readonly store: Store;
  readonly appId: string;
}

const base = '/2/tweets/search/webhooks';

/** Links of the filtered stream to webhooks (docs.x.com filtered stream webhooks). */
export function streamLinkRoutes({ clock, store, appId }: StreamLinkDeps): readonly Route[] {
  const others = (webhookId: string) => store.state.streamLinks.filter((link) => link.webhookId !== webhookId);

  return [
    appRoute(`GET ${base}`, () =>
      ok({
        data: store.state.streamLinks.map(({ webhookId, createdAt }) => ({
          application_id: appId,
          created_at: createdAt,
          fields: [],
          webhook_id: webhookId,
        })),
      }),
    ),

    appRoute(`POST ${base}/:webhook_id`, ({ param }) => {
      const webhookId = param('webhook_id');
      if (webhookOf(store, webhookId) === undefined) return refused('WebhookIdInvalid', 'Webhook does not exist');
      const link = { webhookId, createdAt: new Date(clock.now()).toISOString() };
      store.change((state) => ({ ...state, streamLinks: [...others(webhookId), link] }));
      return ok({ data: { provisioned: true } });
    }),

    appRoute(`DELETE ${base}/:webhook_id`, ({ param }) => {
      const webhookId = param('webhook_id');
      const isLinked = store.state.streamLinks.length > others(webhookId).length;
      if (!isLinked) return refused('WebhookIdInvalid', 'Webhook is not linked');
      store.change((state) => ({ ...state, streamLinks: others(webhookId) }));
      return ok({ data: { deleted: true } });
    }),
  ];
}
