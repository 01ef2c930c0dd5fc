import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalClock } from '../clock.ts';
import { createDeliverer } from './delivery/deliverer.ts';
import { createEmit, type Emission, type Emitted } from './delivery/emit.ts';
import { createExchanger } from './delivery/exchange.ts';
import { serveApi } from './http/server.ts';
import { createOutstanding } from './outstanding.ts';
import { createSnowflakes } from './payloads/snowflake.ts';
import { type Random, randomBelow } from './random.ts';
import { accountActivityRoutes } from './routes/account-activity.ts';
import { activitySubscriptionRoutes } from './routes/activity-subscriptions.ts';
import { adminRoutes } from './routes/admin.ts';
import { streamLinkRoutes } from './routes/stream-links.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import { createSentArchive } from './state/sent-archive.ts';
import { createSentLog, type SentLog } from './state/sent-log.ts';
import { createStore } from './state/store.ts';
import { createEventSource } from './traffic/event-source.ts';
import { createTraffic, type TrafficOptions } from './traffic/traffic.ts';
import { createValidator } from './webhooks/validator.ts';

export interface XEmulatorOptions {
  /** On 127.0.0.1; 0, the default, takes a free one. */
  readonly port?: number;
  readonly clock: LocalClock;
  readonly consumerSecret: string;
  /** OAuth 2.0 client secret. With it CRCs must be answered with it, and deliveries carry both signatures. */
  readonly clientSecret?: string | undefined;
  readonly bearerToken: string;
  /** Keeps webhooks, subscriptions and what was sent (without bodies) between runs. */
  readonly dataDir?: string;
  /** Traffic, duplicates and disorder follow it: a seeded one makes them repeatable. */
  readonly random?: Random;
  readonly log?: (line: string) => void;
  /** Real milliseconds that the receiver has for an answer. Default 10,000, as X. */
  readonly answerWithinMs?: number;
  /** Default 5 webhooks and 5,000 Account Activity subscriptions: X's enterprise tier. */
  readonly webhookLimit?: number;
  readonly accountSubscriptionLimit?: number;
}

export interface XEmulator {
  readonly url: string;
  readonly sent: Pick<SentLog, 'events' | 'counts'>;
  /** Sends one given body to a webhook as X would. */
  emit(emission: Emission): Promise<Emitted>;
  startTraffic(options?: TrafficOptions): void;
  stopTraffic(): void;
  /** Resolves when what the clock has made due is sent, and no delivery, retry or check is outstanding. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

const appId = '29820954';

function filesIn(dataDir: string | undefined) {
  if (dataDir === undefined) return { state: undefined, sent: undefined };
  mkdirSync(dataDir, { recursive: true });
  return { state: join(dataDir, 'x-state.json'), sent: join(dataDir, 'x-sent.jsonl') };
}

/** Plays X on this machine, offline: its webhook and subscription API, its checks, its deliveries and its traffic. */
export async function startXEmulator(options: XEmulatorOptions): Promise<XEmulator> {
  const { clock, bearerToken, random = Math.random, log = () => {} } = options;
  const secrets = { consumerSecret: options.consumerSecret, clientSecret: options.clientSecret };
  const files = filesIn(options.dataDir);
  const ending = new AbortController();
  const { signal } = ending;
  const report = (error: unknown) => log(`X emulator: ${error instanceof Error ? error.message : String(error)}`);

  const store = createStore(files.state);
  const sent = createSentLog(createSentArchive(files.sent));
  const outstanding = createOutstanding(signal, report);
  const exchanger = createExchanger(options.answerWithinMs ?? 10_000, signal);
  const snowflakes = createSnowflakes(randomBelow(random, 1024));
  const nextId = () => snowflakes(clock.now());

  const validator = createValidator({ clock, store, secrets, exchanger, random, outstanding, signal });
  const deliverer = createDeliverer({ clock, store, secrets, exchanger, sent, outstanding, signal });
  const emit = createEmit(deliverer, clock);
  const isTaken = (key: string) => sent.events.has(key);
  const source = createEventSource({ store, random, nextId: snowflakes, isTaken });
  const traffic = createTraffic({ clock, source, deliverer, random, report });

  const routes = [
    ...webhookRoutes({ clock, store, validator, nextId, webhookLimit: options.webhookLimit ?? 5 }),
    ...accountActivityRoutes({ store, appId, subscriptionLimit: options.accountSubscriptionLimit ?? 5_000 }),
    ...activitySubscriptionRoutes({ clock, store, nextId }),
    ...streamLinkRoutes({ clock, store, appId }),
    ...adminRoutes({ clock, store, sent, traffic, emit }),
  ];
  const server = await serveApi({ port: options.port ?? 0, bearerToken }, routes, report);
  validator.runPeriodically().catch((error: unknown) => {
    if (!signal.aborted) report(error);
  });

  return {
    url: server.url,
    sent,
    emit,
    startTraffic: (trafficOptions = {}) => traffic.start(trafficOptions),
    stopTraffic: () => traffic.stop(),
    async idle() {
      await traffic.caughtUp();
      await outstanding.idle();
    },
    async close() {
      traffic.stop();
      ending.abort();
      await server.close();
      await outstanding.idle();
      exchanger.close();
    },
  };
}
