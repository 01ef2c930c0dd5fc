import type { Client } from '@xdevplatform/xdk';
import type { SubscriptionListing, WebhookListing, XWebhooks } from '../../watch-ports.ts';
import { createXClient } from './client.ts';
import type { XFailure } from './failure.ts';
import { presentSubscriptions } from './subscriptions-present.ts';
import { listWebhooks, startReplay, validateWebhook } from './webhooks.ts';

export interface WebhookApiSettings {
  readonly baseUrl: string;
  /** The app's bearer token; `undefined` while nobody has stored one. May throw. */
  readonly readToken: () => Promise<string | undefined>;
}

/** X answers in a second; the tick has less than a minute for all its calls. */
const timeoutMs = 8_000;
/** X lists a thousand subscriptions a page, one page after the other; what takes longer would hold up the tick. */
const longestListingMs = 20_000;
const noToken = 'there is no bearer token for X’s API; store it with gapless secrets set';

/** X's webhook API for one app. The token is read again when X did not take it. */
export function createWebhookApi({ baseUrl, readToken }: WebhookApiSettings): XWebhooks {
  let open: Client | undefined;

  const client = async (): Promise<Client | string> => {
    if (open !== undefined) return open;
    try {
      const bearerToken = await readToken();
      if (bearerToken === undefined) return noToken;
      open = createXClient({ baseUrl, bearerToken, timeoutMs });
      return open;
    } catch (error) {
      return error instanceof Error ? error.message : 'the bearer token could not be read';
    }
  };

  const told = ({ status, detail }: XFailure): string => {
    if (status === 401 || status === 403) open = undefined;
    return status === undefined ? detail : `X answered ${status}: ${detail}`;
  };

  return {
    async list(): Promise<WebhookListing> {
      const x = await client();
      if (typeof x === 'string') return { kind: 'unreachable', why: x };
      const answer = await listWebhooks(x);
      if (answer.ok) return { kind: 'listed', webhooks: answer.value };
      return { kind: 'unreachable', why: told(answer.failure) };
    },

    async subscriptions(webhookId, wanted, all = false): Promise<SubscriptionListing> {
      const x = await client();
      if (typeof x === 'string') return { kind: 'unreachable', why: x };
      const signal = AbortSignal.timeout(longestListingMs);
      const answer = await presentSubscriptions(x, webhookId, wanted, { all, signal });
      return answer.ok ? { kind: 'listed', ...answer.value } : { kind: 'unreachable', why: told(answer.failure) };
    },

    async validate(webhookId) {
      const x = await client();
      if (typeof x === 'string') return { answer: 'unknown', why: x };
      const answer = await validateWebhook(x, webhookId);
      if (answer.ok) return { answer: 'taken' };
      const why = told(answer.failure);
      return { answer: answer.failure.reason === 'CrcValidationFailed' ? 'failed' : 'unknown', why };
    },

    async replay(webhookId, window, nowMs) {
      const x = await client();
      // Nothing was sent, so nothing can have started.
      if (typeof x === 'string') return { kind: 'refused', why: x };
      return startReplay(x, webhookId, window, nowMs);
    },
  };
}
