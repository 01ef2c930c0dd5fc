import type { Client } from '@xdevplatform/xdk';
import type { Create } from '../../domain/subscriptions/steps.ts';
import type { AskedAs, StepAnswer, SubscriptionsApi } from '../../subscription-ports.ts';
import type { UserToken } from '../api-tokens.ts';
import { isAccountSubscribed, subscribeAccount, unsubscribeAccount } from './account-activity.ts';
import type { XOutcome } from './client.ts';
import { createActivity, type Deletion, deleteActivities, updateActivity } from './subscriptions.ts';
import { readPresent } from './subscriptions-present.ts';

export interface SubscriptionsApiSettings {
  readonly webhookId: string;
  /** With the app's bearer token. */
  readonly app: Client;
  readonly account: (userId: string) => Promise<AccountClient>;
}

/** A client with the account's token, good for the next call. `unavailable`: try again later. */
export type AccountClient =
  | {
      readonly kind: 'client';
      readonly client: Client;
      readonly scheme: UserToken['scheme'];
      /** What the account has allowed, by OAuth 2.0. */
      readonly scopes?: readonly string[];
    }
  | { readonly kind: 'login-needed'; readonly why: string }
  | { readonly kind: 'unavailable'; readonly why: string; readonly scheme: UserToken['scheme'] };

/** X's subscriptions for one webhook. */
export function createSubscriptionsApi({ webhookId, app, account }: SubscriptionsApiSettings): SubscriptionsApi {
  const createWith = async (client: Client, as: AskedAs, { wanted, tag }: Create): Promise<StepAnswer> => {
    if (wanted.product === 'xaa') return answerOf(await createActivity(client, wanted, { tag, webhookId }), as);
    const answer = answerOf(await subscribeAccount(client, webhookId), as);
    if (answer !== 'already') return answer;
    // A duplicate may be one on another webhook; X says so of this one when the account asks.
    const check = await isAccountSubscribed(client, webhookId);
    return check.ok && !check.value ? { kind: 'refused', failure: { status: 400, detail: onOther }, as } : answer;
  };

  return {
    present: (withAccounts) => readPresent(app, webhookId, withAccounts),

    async create(step) {
      const { auth } = step;
      if (auth.kind === 'app') return createWith(app, 'app', step);
      const found = await account(auth.userId);
      if (found.kind === 'client') return withScopes(await createWith(found.client, found.scheme, step), found.scopes);
      if (found.kind === 'unavailable') return { kind: 'refused', failure: { detail: found.why }, as: found.scheme };
      if (!auth.orApp) return { kind: 'login', why: found.why };
      const answer = await createWith(app, 'app', step);
      // Only an elevated tier may do it without the account.
      return isForbidden(answer) ? { kind: 'login', why: found.why } : answer;
    },

    update: async ({ subscriptionId, change }) => answerOf(await updateActivity(app, subscriptionId, change), 'app'),

    async deleteActivities(ids) {
      const outcome = await deleteActivities(app, ids);
      return outcome.ok ? outcome.value.map(answerOfDeletion) : ids.map(() => answerOf(outcome, 'app'));
    },

    async deleteAccount(userId) {
      const outcome = await unsubscribeAccount(app, webhookId, userId);
      const isGone = !outcome.ok && outcome.failure.reason === 'SubscriptionNotFound';
      return isGone ? 'already' : answerOf(outcome, 'app');
    },
  };
}

const onOther = 'X has the account on another webhook only, and takes no second subscription of it';

function answerOf(outcome: XOutcome<unknown>, as: AskedAs): StepAnswer {
  if (outcome.ok) return 'done';
  return outcome.failure.duplicate ? 'already' : { kind: 'refused', failure: outcome.failure, as };
}

function withScopes(answer: StepAnswer, granted: readonly string[] | undefined): StepAnswer {
  const isRefused = granted !== undefined && typeof answer === 'object' && answer.kind === 'refused';
  return isRefused ? { ...answer, granted } : answer;
}

function isForbidden(answer: StepAnswer): boolean {
  return typeof answer === 'object' && answer.kind === 'refused' && answer.failure.status === 403;
}

function answerOfDeletion(deletion: Deletion): StepAnswer {
  if (deletion === 'deleted') return 'done';
  if (deletion === 'absent') return 'already';
  return { kind: 'refused', failure: { status: 200, detail: deletion.reason }, as: 'app' };
}
