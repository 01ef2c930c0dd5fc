import { type Env, envReader } from '../../shared/read-env.ts';

/** The variables of this function; the stack sets them by these names. */
export const envNames = {
  deadLetterQueueUrl: 'DEAD_LETTER_QUEUE_URL',
  eventsTable: 'EVENTS_TABLE',
  carriedPostsTable: 'CARRIED_POSTS_TABLE',
  ledgerTable: 'LEDGER_TABLE',
  bodiesBucket: 'BODIES_BUCKET',
  ledgerRetentionDays: 'LEDGER_RETENTION_DAYS',
  /** One of `payloadEncodings`. */
  payloadEncoding: 'PAYLOAD_ENCODING',
  /** Read by Powertools itself; the second is the metrics' only dimension, so two stacks in one account need two values. */
  logLevel: 'LOG_LEVEL',
  serviceName: 'POWERTOOLS_SERVICE_NAME',
} as const;

/** How payloads are stored: as their text, or packed where that is smaller. Readers know both. */
export const payloadEncodings = ['plain', 'compact'] as const;
export type PayloadEncoding = (typeof payloadEncodings)[number];

/** The metrics of each batch; every one a count. */
export const metricsNamespace = 'Gapless';
export const metricNames = {
  /** Deliveries in the batch, however they end; a heartbeat is none. */
  accepted: 'RecordsAccepted',
  stored: 'EventsStored',
  duplicate: 'EventsDuplicate',
  /** Of the stored: those that the stream brought first. Sent only when there are any, as are the causes. */
  storedByStream: 'EventsStoredByStream',
  /** Of the duplicates, by cause: the same way again, by a replay, or known by X's other way. */
  duplicateRetry: 'EventsDuplicateRetry',
  duplicateReplay: 'EventsDuplicateReplay',
  duplicateOtherWay: 'EventsDuplicateOtherWay',
  /** Of both: those of no known shape. */
  unknown: 'EventsUnknown',
  /** Duplicates that came with another `event_uuid`. */
  uuidMismatch: 'EventUuidMismatches',
  /** Messages that go back to the queue. */
  failures: 'RecordsRetried',
  deadLettered: 'RecordsDeadLettered',
} as const;

export interface Settings {
  readonly deadLetterQueueUrl: string;
  readonly eventsTable: string;
  readonly carriedPostsTable: string;
  readonly ledgerTable: string;
  readonly bodiesBucket: string;
  readonly ledgerRetentionDays: number;
  readonly payloadEncoding: PayloadEncoding;
}

/** Throws `SETTING_INVALID`. */
export function parseEnv(env: Env): Settings {
  const read = envReader(env);
  return {
    deadLetterQueueUrl: read.required(envNames.deadLetterQueueUrl),
    eventsTable: read.required(envNames.eventsTable),
    carriedPostsTable: read.required(envNames.carriedPostsTable),
    ledgerTable: read.required(envNames.ledgerTable),
    bodiesBucket: read.required(envNames.bodiesBucket),
    ledgerRetentionDays: read.days(envNames.ledgerRetentionDays),
    payloadEncoding: read.oneOf(envNames.payloadEncoding, payloadEncodings),
  };
}
