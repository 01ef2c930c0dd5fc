import { createDeliverer } from './delivery/deliverer.ts';
import { createEmit, type Emission, type Emitted } from './delivery/emit.ts';
import { createExchanger } from './delivery/exchange.ts';
import { createRetry } from './delivery/retries.ts';
import { createSender } from './delivery/sender.ts';
import { serveApi } from './http/server.ts';
import { createGrants } from './oauth/grants.ts';
import { oauth1Routes } from './oauth/oauth1-routes.ts';
import { createOAuth1Tokens } from './oauth/oauth1-tokens.ts';
import { oauth2Routes } from './oauth/oauth2-routes.ts';
import type { XEmulatorOptions } from './options.ts';
import { apiDown } from './outages/api-down.ts';
import { exchangeInOutages } from './outages/exchange-in-outages.ts';
import { createOutages, type Outages } from './outages/outages.ts';
import { createOutstanding } from './outstanding.ts';
import { createSnowflakes } from './payloads/snowflake.ts';
import { randomBelow } from './random.ts';
import { createReplayJobs, type ReplayJobs } from './replay/replay-jobs.ts';
import { createReplayRequests, type ReplayRequests } from './replay/replay-requests.ts';
import { defaultReplayRules } from './replay/replay-rules.ts';
import { accountActivityRoutes } from './routes/account-activity.ts';
import { activitySubscriptionRoutes } from './routes/activity-subscriptions.ts';
import { adminRoutes } from './routes/admin.ts';
import { disturbanceRoutes } from './routes/admin-disturbances.ts';
import { sentRoutes } from './routes/admin-sent.ts';
import { adminStreamRoutes } from './routes/admin-stream.ts';
import { connectionRoutes } from './routes/connections.ts';
import { replayRoutes } from './routes/replay.ts';
import { streamRoutes } from './routes/stream.ts';
import { streamLinkRoutes } from './routes/stream-links.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import { openState } from './state/open-state.ts';
import type { SentLog } from './state/sent-log.ts';
import { createActivityStream } from './stream/activity-stream.ts';
import type { StreamTroubles } from './stream/stream-troubles.ts';
import { createEventSource } from './traffic/event-source.ts';
import { createTraffic, type TrafficOptions } from './traffic/traffic.ts';
import { createValidator } from './webhooks/validator.ts';

export type { XEmulatorOptions } from './options.ts';

export interface XEmulator {
  readonly url: string;
  readonly sent: Pick<SentLog, 'events' | 'counts'>;
  readonly outages: Outages;
  /** The jobs that were taken, what becomes of the next requests, and how a person asks for a job. */
  readonly replays: Pick<ReplayJobs, 'list'> & ReplayRequests;
  /** The activity stream: who reads it, and what can be done to it by hand. */
  readonly stream: StreamTroubles;
  /** Sends one given body as X would, to a webhook or to the activity stream. */
  emit(emission: Emission): Promise<Emitted>;
  startTraffic(options?: TrafficOptions): void;
  stopTraffic(): void;
  /** Resolves when what the clock has made due is done; retries and jobs may wait for a later time of the clock. */
  caughtUp(): Promise<void>;
  /** Resolves when what the clock has made due is sent, and no delivery, retry, check or job is outstanding. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

const appId = '29820954';
/** Who owns the app; made up. */
const ownerId = '2244994945';
const liveConnections = 64;
const replayConnections = 32;
/** Bodies are kept a little longer than a job may reach back, for one that is just beginning. */
const bodyGraceMs = 3_600_000;
const tenSeconds = () => AbortSignal.timeout(10_000);

/** Plays X on this machine, offline: its webhook and subscription API, its checks, its deliveries, its traffic and its outages. */
export async function startXEmulator(options: XEmulatorOptions): Promise<XEmulator> {
  const { clock, bearerToken, dataDir, random = Math.random, log = () => {}, signsChecks = true } = options;
  const secrets = { consumerSecret: options.consumerSecret, clientSecret: options.clientSecret };
  const rules = { ...defaultReplayRules, ...options.replay };
  const ending = new AbortController();
  const { signal } = ending;
  const report = (error: unknown) => log(`X emulator: ${error instanceof Error ? error.message : String(error)}`);

  const keepBodiesMs = options.keepsBodies ? Number.POSITIVE_INFINITY : rules.horizonMs + bodyGraceMs;
  const { store, sent } = openState({ dataDir, clock, keepBodiesMs });
  const outstanding = createOutstanding(clock, signal, report);
  const outages = createOutages(clock, store);
  const exchanger = exchangeInOutages(createExchanger(options.startAnswerLimit ?? tenSeconds, signal), outages);
  const snowflakes = createSnowflakes(randomBelow(random, 1024));
  const nextId = () => snowflakes(clock.now());

  const checks = { exchanger, secrets, random, signsChecks };
  const validator = createValidator({ ...checks, clock, store, outages, outstanding, signal });
  const sender = { clock, secrets, store, exchanger };
  const retry = createRetry(clock, outstanding);
  const stream = createActivityStream({ clock, sent, random, signal, report });
  const liveSend = createSender(sender, liveConnections);
  const { publish } = stream;
  const deliverer = createDeliverer({ clock, send: liveSend, retry, sent, publish, outstanding });
  const emit = createEmit(deliverer, clock);
  const isTaken = (key: string) => sent.events.has(key);
  const source = createEventSource({ store, random, nextId: snowflakes, isTaken });
  const traffic = createTraffic({ clock, source, deliverer, random, report });
  const send = createSender(sender, replayConnections);
  const jobs = createReplayJobs({ clock, rules, random, sent, send, retry, outstanding, nextId });
  const replays = createReplayRequests({ clock, store, validator, jobs, rules });

  const grants = createGrants(clock);
  const oauth1Tokens = createOAuth1Tokens();

  const routes = [
    ...oauth2Routes({ grants, secrets, bearerToken }),
    ...oauth1Routes(secrets, oauth1Tokens),
    ...webhookRoutes({ clock, store, validator, nextId, webhookLimit: options.webhookLimit ?? 5 }),
    ...replayRoutes({ clock, replays, rules, userId: ownerId }),
    ...accountActivityRoutes({ store, appId, subscriptionLimit: options.accountSubscriptionLimit ?? 5_000 }),
    ...activitySubscriptionRoutes({
      clock,
      store,
      nextId,
      subscriptionLimit: options.activitySubscriptionLimit ?? 75_000,
    }),
    ...streamLinkRoutes({ clock, store, appId }),
    ...streamRoutes(stream, clock),
    ...connectionRoutes(stream.connections),
    ...adminRoutes({ clock, store, sent, traffic, emit }),
    ...sentRoutes(sent),
    ...adminStreamRoutes(stream.troubles),
    ...disturbanceRoutes({ outages, jobs, replays }),
  ];
  const gate = (path: string) => apiDown(outages, path);
  const tokens = { bearerToken, holderOf: grants.holderOf, isEnded: oauth1Tokens.isEnded };
  const server = await serveApi({ port: options.port ?? 0, tokens, gate }, routes, report);
  validator.runPeriodically().catch((error: unknown) => {
    if (!signal.aborted) report(error);
  });

  return {
    url: server.url,
    sent,
    outages,
    stream: stream.troubles,
    replays: { ...replays, list: jobs.list },
    emit,
    startTraffic: (trafficOptions = {}) => traffic.start(trafficOptions),
    stopTraffic: () => traffic.stop(),
    async caughtUp() {
      await traffic.caughtUp();
      await outstanding.caughtUp();
    },
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
