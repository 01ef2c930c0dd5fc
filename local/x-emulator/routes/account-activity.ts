import { ok, refused } from '../http/answers.ts';
import { appRoute, type Route, userRoute, type XRequest } from '../http/route.ts';
import { type Store, webhookOf } from '../state/store.ts';

interface AccountActivityDeps {
  readonly store: Store;
  readonly appId: string;
  /** Per app; X's tiers have 3 and 5,000. */
  readonly subscriptionLimit: number;
}

const base = '/2/account_activity';
/** What the user has to allow (OpenAPI 2.167). */
const scopes = ['dm.read', 'dm.write', 'tweet.read', 'users.read'];
const unknownWebhook = refused('WebhookIdInvalid', 'Webhook does not exist');

/** Account Activity subscriptions (docs.x.com account activity quickstart). The user of POST and GET is the one whose token is sent. */
export function accountActivityRoutes({ store, appId, subscriptionLimit }: AccountActivityDeps): readonly Route[] {
  const webhookIn = ({ param }: XRequest) => webhookOf(store, param('webhook_id'));
  const isSubscribed = (webhookId: string, userId: string) =>
    store.state.accountSubscriptions.some((other) => other.webhookId === webhookId && other.userId === userId);

  return [
    userRoute(`POST ${base}/webhooks/:webhook_id/subscriptions/all`, scopes, (request) => {
      const webhookId = webhookIn(request)?.id;
      const { userId } = request.caller;
      if (webhookId === undefined) return unknownWebhook;
      if (isSubscribed(webhookId, userId)) {
        return refused('DuplicateSubscriptionFailed', 'Subscription already exists');
      }
      if (store.state.accountSubscriptions.length >= subscriptionLimit) return refused('SubscriptionLimitExceeded');
      store.change((state) => ({
        ...state,
        accountSubscriptions: [...state.accountSubscriptions, { webhookId, userId }],
      }));
      return ok({ data: { subscribed: true } });
    }),

    userRoute(`GET ${base}/webhooks/:webhook_id/subscriptions/all`, scopes, (request) => {
      const webhook = webhookIn(request);
      if (webhook === undefined) return unknownWebhook;
      return ok({ data: { subscribed: isSubscribed(webhook.id, request.caller.userId) } });
    }),

    appRoute(`GET ${base}/webhooks/:webhook_id/subscriptions/all/list`, (request) => {
      const webhook = webhookIn(request);
      if (webhook === undefined) return unknownWebhook;
      const subscriptions = store.state.accountSubscriptions
        .filter(({ webhookId }) => webhookId === webhook.id)
        .map(({ userId }) => ({ user_id: userId }));
      return ok({
        data: { application_id: appId, webhook_id: webhook.id, webhook_url: webhook.url, subscriptions },
      });
    }),

    appRoute(`DELETE ${base}/webhooks/:webhook_id/subscriptions/:user_id/all`, (request) => {
      const webhook = webhookIn(request);
      const userId = request.param('user_id');
      if (webhook === undefined) return unknownWebhook;
      if (!isSubscribed(webhook.id, userId)) return refused('SubscriptionNotFound', 'Subscription does not exist');
      store.change((state) => ({
        ...state,
        accountSubscriptions: state.accountSubscriptions.filter(
          (other) => other.webhookId !== webhook.id || other.userId !== userId,
        ),
      }));
      return ok({ data: { subscribed: false } });
    }),

    // All four are strings, and the last is always "0".
    appRoute(`GET ${base}/subscriptions/count`, () =>
      ok({
        data: {
          account_name: 'made-up-account',
          provisioned_count: String(subscriptionLimit),
          subscriptions_count_all: String(store.state.accountSubscriptions.length),
          subscriptions_count_direct_messages: '0',
        },
      }),
    ),
  ];
}
