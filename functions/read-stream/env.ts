import { defaultStreamRules, type StreamRules } from '../../shared/domain/stream/stream-rules.ts';
import { type Env, envReader } from '../../shared/read-env.ts';

/** The variables of this function; the stack sets them by these names. */
export const envNames = {
  /** JSON object: app → ARN of the secret with its tokens for X's API. Its names are the apps. */
  apiTokenSecretArns: 'API_TOKEN_SECRET_ARNS',
  queueUrl: 'QUEUE_URL',
  bodiesBucket: 'BODIES_BUCKET',
  ledgerTable: 'LEDGER_TABLE',
  ledgerRetentionDays: 'LEDGER_RETENTION_DAYS',
  xApiBaseUrl: 'X_API_BASE_URL',
  sessionSeconds: 'STREAM_SESSION_SECONDS',
  silenceSeconds: 'STREAM_SILENCE_SECONDS',
  leaseSeconds: 'STREAM_LEASE_SECONDS',
  /** Read by Powertools itself; the second is the metrics' dimension, so two stacks in one account need two values. */
  logLevel: 'LOG_LEVEL',
  serviceName: 'POWERTOOLS_SERVICE_NAME',
} as const;

export const metricsNamespace = 'Gapless';
export const metricNames = {
  /** Of each tick: seconds since the newest coverage. */
  behind: 'StreamBehind',
  /** 1 while X streams to a reader, 0 while it has none. */
  connected: 'StreamConnected',
  /** Lines that reached the queue. */
  lines: 'StreamLines',
  /** Connections that X gave. */
  connections: 'StreamConnections',
  /** Connections that ended, or that X refused; by name with a dimension more. */
  disconnects: 'StreamDisconnects',
  /** Times that X did not fill back. */
  breaks: 'StreamBreaks',
} as const;

/** The dimension that names a disconnect. */
export const disconnectDimension = 'disconnect';

export interface Settings {
  readonly apiTokenSecretArns: ReadonlyMap<string, string>;
  readonly queueUrl: string;
  readonly bodiesBucket: string;
  readonly ledgerTable: string;
  readonly ledgerRetentionDays: number;
  readonly xApiBaseUrl: string;
  readonly rules: StreamRules;
}

/** Throws `SETTING_INVALID`. */
export function parseEnv(env: Env): Settings {
  const read = envReader(env);
  return {
    apiTokenSecretArns: read.texts(envNames.apiTokenSecretArns),
    queueUrl: read.required(envNames.queueUrl),
    bodiesBucket: read.required(envNames.bodiesBucket),
    ledgerTable: read.required(envNames.ledgerTable),
    ledgerRetentionDays: read.days(envNames.ledgerRetentionDays),
    xApiBaseUrl: read.required(envNames.xApiBaseUrl),
    rules: {
      ...defaultStreamRules,
      sessionMs: read.number(envNames.sessionSeconds) * 1_000,
      silenceMs: read.number(envNames.silenceSeconds) * 1_000,
      leaseMs: read.number(envNames.leaseSeconds) * 1_000,
    },
  };
}
