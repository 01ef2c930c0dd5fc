import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Home } from '../../../../shared/domain/subscriptions/home.ts';
import { subscriptionKey } from '../../../../shared/domain/subscriptions/keys.ts';
import { parseSubscriptionsFile } from '../../../../shared/domain/subscriptions/parse-file.ts';
import { planSubscriptions } from '../../../../shared/domain/subscriptions/plan.ts';
import { type Plan, stepsOf } from '../../../../shared/domain/subscriptions/steps.ts';
import type { Wanted } from '../../../../shared/domain/subscriptions/wanted.ts';
import type { SubscriptionsApi, WaitingClock, WantedStore } from '../../../../shared/subscription-ports.ts';
import { applySubscriptions } from '../../../../shared/use-cases/subscriptions/apply.ts';
import type { Result } from '../../../../shared/use-cases/subscriptions/result.ts';
import { createXClient } from '../../../../shared/x/api/client.ts';
import { createSubscriptionsApi } from '../../../../shared/x/api/subscriptions-api.ts';
import { paceCalls } from '../../../../shared/x/api/subscriptions-client.ts';
import { createCallPace } from '../../../../shared/x/api/subscriptions-pace.ts';
import { createUserClient } from '../../../../shared/x/api/user-client.ts';
import { type EmulatedX, startX } from '../../../local/x-emulator/emulated-x.ts';
import type { ManualClock } from '../../../local/x-emulator/manual-clock.ts';
import { type RecordingProxy, startRecordingProxy } from '../../../support/recording-proxy.ts';

export const bearerToken = 'test-bearer';

/** Nothing passes but what is slept, at X too. */
export class SleepingClock implements WaitingClock {
  readonly slept: number[] = [];
  readonly #clockOfX: ManualClock;

  constructor(clockOfX: ManualClock) {
    this.#clockOfX = clockOfX;
  }

  now(): number {
    return this.#clockOfX.now();
  }

  async sleepUntil(atMs: number): Promise<void> {
    const ms = atMs - this.now();
    this.slept.push(ms);
    this.#clockOfX.advance(Math.max(0, ms));
  }
}

export interface Subscribing {
  readonly emulated: EmulatedX;
  readonly proxy: RecordingProxy;
  readonly clock: SleepingClock;
  readonly home: Home;
  /** Those that X has for the app. */
  readonly webhookIds: Set<string>;
  readonly api: SubscriptionsApi;
  readonly store: WantedStore & { readonly saved: (readonly string[])[] };
  plan(wanted: readonly Wanted[]): Promise<Plan>;
  apply(wanted: readonly Wanted[]): Promise<readonly Result[]>;
  /** What X has for the app, as keys. */
  keys(): Promise<readonly string[]>;
}

export interface SubscribingOptions {
  /** Accounts whose OAuth 1.0a token is there. */
  readonly accounts?: readonly string[];
  readonly accountSubscriptionLimit?: number;
}

/** An X with a webhook, and all that the operator has to subscribe for it. */
export async function startSubscribing(
  t: TestContext,
  { accounts = [], ...options }: SubscribingOptions = {},
): Promise<Subscribing> {
  const emulated = await startX(t, options);
  const proxy = await startRecordingProxy(emulated.x.url);
  t.after(() => proxy.close());
  const clock = new SleepingClock(emulated.clock);
  const webhookId = await emulated.register();
  const webhookIds = new Set([webhookId]);
  const home = { webhookId, url: emulated.receiver.url, webhookIds };
  const pace = createCallPace({ clock, onWait: () => {} });
  const settings = { baseUrl: proxy.url, timeoutMs: 5_000 };
  const keys = { consumerKey: 'key', consumerSecret: 'secret' };
  const api = createSubscriptionsApi({
    webhookId,
    app: paceCalls(createXClient({ ...settings, bearerToken }), 'app', pace),
    account: async (userId) => {
      if (!accounts.includes(userId)) return { kind: 'login-needed', why: 'it never logged in' };
      const user = { scheme: 'oauth1', token: `${userId}-token`, tokenSecret: 'token-secret' } as const;
      const client = paceCalls(createUserClient({ ...settings, user, keys }), userId, pace);
      return { kind: 'client', client, scheme: 'oauth1' };
    },
  });
  const saved: (readonly string[])[] = [];
  const store: Subscribing['store'] = {
    saved,
    read: async () => saved.at(-1),
    save: async (_app, some) => void saved.push(some),
  };

  const present = async () => {
    const answer = await api.present(true);
    return answer.ok ? answer.value : assert.fail(JSON.stringify(answer.failure));
  };
  const plan = async (wanted: readonly Wanted[]) => planSubscriptions(wanted, await present(), home);
  return {
    emulated,
    proxy,
    clock,
    home,
    webhookIds,
    api,
    store,
    plan,
    async apply(wanted) {
      const made = await plan(wanted);
      const report = async () => {};
      return applySubscriptions('default', made, wanted.map(subscriptionKey), { api, wanted: store, clock, report });
    },
    async keys() {
      const { activities, accounts: subscribed } = await present();
      const wanted = subscribed.map((userId): Wanted => ({ product: 'aaa', userId }));
      return [
        ...activities.map(({ type, filter }) => subscriptionKey({ product: 'xaa', type, filter })),
        ...wanted.map(subscriptionKey),
      ].toSorted();
    },
  };
}

/** What a file with these accounts asks for. */
export function wantedBy(...accounts: readonly object[]): readonly Wanted[] {
  const reading = parseSubscriptionsFile(JSON.stringify({ accounts }));
  return reading.kind === 'wanted' ? (reading.byApp.get('default') ?? []) : assert.fail(JSON.stringify(reading));
}

export const lines = (plan: Plan): readonly string[] => stepsOf(plan).map(({ action, key }) => `${action} ${key}`);

export const outcomes = (results: readonly Result[]): readonly string[] =>
  results.map(({ step, outcome }) => `${outcome.kind} ${step.action} ${step.key}`);
