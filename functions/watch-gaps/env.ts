import { minuteMs } from '../../shared/domain/gaps/interval.ts';
import { defaultWatchRules, type WatchRules } from '../../shared/domain/gaps/watch-rules.ts';
import { type Env, envReader } from '../../shared/read-env.ts';

/** The variables of this function; the stack sets them by these names. */
export const envNames = {
  /** JSON object: app → the URL under which its webhook is registered with X. Its names are the apps. */
  webhookUrls: 'WEBHOOK_URLS',
  /** JSON object: app → ARN of the secret with its tokens for X's API. */
  apiTokenSecretArns: 'API_TOKEN_SECRET_ARNS',
  /** JSON object: app → ARN of its signing secret, of which only the date of its last change is read. */
  secretArns: 'SECRET_ARNS',
  ledgerTable: 'LEDGER_TABLE',
  ledgerRetentionDays: 'LEDGER_RETENTION_DAYS',
  queueName: 'QUEUE_NAME',
  /** Of the metric filters over the log of the answers. */
  metricsNamespace: 'METRICS_NAMESPACE',
  /** The receiver, where that log has no line for an invocation that failed or was throttled; else absent. */
  unloggedFunction: 'UNLOGGED_FUNCTION',
  xApiBaseUrl: 'X_API_BASE_URL',
  replayHorizonHours: 'REPLAY_HORIZON_HOURS',
  replayFromEmbargoMinutes: 'REPLAY_FROM_EMBARGO_MINUTES',
  replayToEmbargoMinutes: 'REPLAY_TO_EMBARGO_MINUTES',
  heartbeatWindowSeconds: 'HEARTBEAT_WINDOW_SECONDS',
  /** `on` where X's stream is read, too; else absent. */
  stream: 'STREAM',
  /** Read by Powertools itself; the second is the metrics' only dimension, so two stacks in one account need two values. */
  logLevel: 'LOG_LEVEL',
  serviceName: 'POWERTOOLS_SERVICE_NAME',
} as const;

/** What the metric filters count per webhook, by its path, their only dimension. */
export const accessLogMetrics = {
  accepted: 'DeliveriesAccepted',
  /** 5xx and 429: X tries again, and what fails then is a gap. */
  refused: 'DeliveriesRefused',
  unauthorized: 'DeliveriesUnauthorized',
} as const;

/** The metrics of each tick. All are counts but the share. */
export const metricsNamespace = 'Gapless';
export const metricNames = {
  gapsUnfinished: 'GapsUnfinished',
  recoverabilityShare: 'RecoverabilityShare',
  gapsLost: 'GapsLost',
  gapsUnproven: 'GapsUnproven',
  replayFailures: 'ReplayFailures',
  jobOverdue: 'JobOverdue',
  silences: 'Silences',
  subscriptionsMissing: 'SubscriptionsMissing',
  watchFailures: 'WatchFailures',
} as const;

export interface Settings {
  readonly webhookUrls: ReadonlyMap<string, string>;
  readonly apiTokenSecretArns: ReadonlyMap<string, string>;
  readonly secretArns: ReadonlyMap<string, string>;
  readonly ledgerTable: string;
  readonly ledgerRetentionDays: number;
  readonly queueName: string;
  readonly metricsNamespace: string;
  readonly unloggedFunction?: string;
  readonly xApiBaseUrl: string;
  /** Whether X's stream is read, too. */
  readonly stream: boolean;
  readonly rules: WatchRules;
}

/** Throws `SETTING_INVALID`. */
export function parseEnv(env: Env): Settings {
  const read = envReader(env);
  const unloggedFunction = env[envNames.unloggedFunction];
  return {
    webhookUrls: read.texts(envNames.webhookUrls),
    apiTokenSecretArns: read.texts(envNames.apiTokenSecretArns),
    secretArns: read.texts(envNames.secretArns),
    ledgerTable: read.required(envNames.ledgerTable),
    ledgerRetentionDays: read.days(envNames.ledgerRetentionDays),
    queueName: read.required(envNames.queueName),
    metricsNamespace: read.required(envNames.metricsNamespace),
    ...(unloggedFunction && { unloggedFunction }),
    xApiBaseUrl: read.required(envNames.xApiBaseUrl),
    stream: env[envNames.stream] === 'on',
    rules: {
      ...defaultWatchRules,
      horizonMs: read.number(envNames.replayHorizonHours) * 60 * minuteMs,
      fromEmbargoMs: read.number(envNames.replayFromEmbargoMinutes) * minuteMs,
      toEmbargoMs: read.number(envNames.replayToEmbargoMinutes) * minuteMs,
      heartbeatWindowMs: read.number(envNames.heartbeatWindowSeconds) * 1_000,
    },
  };
}
