import { eventTypes } from '../../shared/domain/event-types.ts';
import { list, member } from '../../shared/domain/json.ts';
import { GaplessError } from '../../shared/errors.ts';
import { activityTypeOf } from '../x-emulator/activity-types.ts';
import type { XAccess } from './register-webhook.ts';

/** Made-up accounts. The first two are on the Account Activity API, the last two on its successor: one is on both. */
const accountActivityUsers = ['29010112', '1042333000000000001'];
const activityUsers = ['1042333000000000001', '1519876000000000042'];
const keyword = 'fjord';

/** Subscribes made-up accounts of the emulator to everything that X documents, for the webhook. */
export async function subscribeAccounts(x: XAccess, webhookId: string): Promise<void> {
  await dropActivitySubscriptions(x);
  for (const userId of accountActivityUsers) {
    await call(x, 'POST', `/2/account_activity/webhooks/${webhookId}/subscriptions/all`, as(userId));
  }
  const types = eventTypes.filter((type) => activityTypeOf(type) !== undefined);
  for (const eventType of types) {
    const filters: readonly { readonly user_id?: string; readonly keyword?: string }[] =
      eventType === 'news.new' ? [{ keyword }] : activityUsers.map((userId) => ({ user_id: userId }));
    for (const filter of filters) {
      const body = { event_type: eventType, filter, webhook_id: webhookId, tag: 'local' };
      await call(x, 'POST', '/2/activity/subscriptions', { body, ...as(filter.user_id) });
    }
  }
  await call(x, 'POST', `/2/tweets/search/webhooks/${webhookId}`);
}

/** Private events are for the account's own token; without an account it is the app that asks. */
function as(userId: string | undefined): { readonly authorization?: string } {
  return userId === undefined ? {} : { authorization: `OAuth oauth_token="${userId}-local"` };
}

/** Those of an earlier run belong to a webhook that is gone. */
async function dropActivitySubscriptions(x: XAccess): Promise<void> {
  for (;;) {
    const answer = await call(x, 'GET', '/2/activity/subscriptions?max_results=100');
    const ids = list(member(answer, 'data')).map((subscription) => member(subscription, 'subscription_id'));
    if (ids.length === 0) return;
    await call(x, 'DELETE', `/2/activity/subscriptions?ids=${ids.join(',')}`);
  }
}

async function call(
  { baseUrl, bearerToken }: XAccess,
  method: string,
  path: string,
  { authorization = `Bearer ${bearerToken}`, body }: { authorization?: string; body?: unknown } = {},
): Promise<unknown> {
  const answer = await fetch(`${baseUrl}${path}`, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (answer.ok) return answer.json();
  throw new GaplessError('LOCAL_START_FAILED', `The X emulator refused ${method} ${path}: ${await answer.text()}`);
}
