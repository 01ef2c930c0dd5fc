import type { Client } from '@xdevplatform/xdk';
import type { Create } from '../../domain/subscriptions/steps.ts';
import type { StepAnswer, SubscriptionsApi } from '../../subscription-ports.ts';
import { subscribeAccount, unsubscribeAccount } from './account-activity.ts';
import type { XOutcome } from './client.ts';
import { createActivity, type Deletion, deleteActivities, updateActivity } from './subscriptions.ts';
import { readPresent } from './subscriptions-present.ts';

export interface SubscriptionsApiSettings {
  readonly webhookId: string;
  /** With the app's bearer token. */
  readonly app: Client;
  /** With the account's token, valid for the next minutes. `undefined`: there is none. */
  readonly account: (userId: string) => Promise<Client | undefined>;
}

/** X's subscriptions for one webhook. */
export function createSubscriptionsApi({ webhookId, app, account }: SubscriptionsApiSettings): SubscriptionsApi {
  const createWith = (client: Client, { wanted, tag }: Create): Promise<XOutcome<unknown>> =>
    wanted.product === 'aaa' ? subscribeAccount(client, webhookId) : createActivity(client, wanted, { tag, webhookId });

  return {
    present: (withAccounts) => readPresent(app, webhookId, withAccounts),

    async create(step) {
      const { auth } = step;
      if (auth.kind === 'app') return answerOf(await createWith(app, step), false);
      const client = await account(auth.userId);
      if (client !== undefined) return answerOf(await createWith(client, step), true);
      if (!auth.orApp) return { kind: 'login' };
      const answer = answerOf(await createWith(app, step), false);
      // Only an elevated tier may do it without the account.
      return isForbidden(answer) ? { kind: 'login' } : answer;
    },

    update: async ({ subscriptionId, change }) => answerOf(await updateActivity(app, subscriptionId, change), false),

    async deleteActivities(ids) {
      const outcome = await deleteActivities(app, ids);
      return outcome.ok ? outcome.value.map(answerOfDeletion) : ids.map(() => answerOf(outcome, false));
    },

    async deleteAccount(userId) {
      const outcome = await unsubscribeAccount(app, webhookId, userId);
      const isGone = !outcome.ok && outcome.failure.reason === 'SubscriptionNotFound';
      return isGone ? 'already' : answerOf(outcome, false);
    },
  };
}

function answerOf(outcome: XOutcome<unknown>, asAccount: boolean): StepAnswer {
  if (outcome.ok) return 'done';
  return outcome.failure.duplicate ? 'already' : { kind: 'refused', failure: outcome.failure, asAccount };
}

function isForbidden(answer: StepAnswer): boolean {
  return typeof answer === 'object' && answer.kind === 'refused' && answer.failure.status === 403;
}

function answerOfDeletion(deletion: Deletion): StepAnswer {
  if (deletion === 'deleted') return 'done';
  if (deletion === 'absent') return 'already';
  return { kind: 'refused', failure: { status: 200, detail: deletion.reason }, asAccount: false };
}
