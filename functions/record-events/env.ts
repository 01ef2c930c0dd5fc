import { GaplessError } from '../../shared/errors.ts';

/** The variables of this function; the stack sets them by these names. */
export const envNames = {
  deadLetterQueueUrl: 'DEAD_LETTER_QUEUE_URL',
  eventsTable: 'EVENTS_TABLE',
  carriedPostsTable: 'CARRIED_POSTS_TABLE',
  ledgerTable: 'LEDGER_TABLE',
  bodiesBucket: 'BODIES_BUCKET',
  ledgerRetentionDays: 'LEDGER_RETENTION_DAYS',
  /** Read by Powertools itself; the second is the metrics' only dimension, so two stacks in one account need two values. */
  logLevel: 'LOG_LEVEL',
  serviceName: 'POWERTOOLS_SERVICE_NAME',
} as const;

/** The metrics of each batch; every one a count. */
export const metricsNamespace = 'Gapless';
export const metricNames = {
  /** Deliveries in the batch, however they end; a heartbeat is none. */
  accepted: 'RecordsAccepted',
  stored: 'EventsStored',
  duplicate: 'EventsDuplicate',
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
}

function invalid(name: string, problem: string): GaplessError {
  return new GaplessError('SETTING_INVALID', `The variable ${name} ${problem}. Deploy the stack again, which sets it.`);
}

/** Throws `SETTING_INVALID`. */
export function parseEnv(env: Readonly<Record<string, string | undefined>>): Settings {
  const required = (name: string): string => {
    const value = env[name];
    if (!value) throw invalid(name, 'is missing');
    return value;
  };
  const ledgerRetentionDays = Number(required(envNames.ledgerRetentionDays));
  if (!Number.isInteger(ledgerRetentionDays) || ledgerRetentionDays < 1) {
    throw invalid(envNames.ledgerRetentionDays, 'is not a whole number of days');
  }
  return {
    deadLetterQueueUrl: required(envNames.deadLetterQueueUrl),
    eventsTable: required(envNames.eventsTable),
    carriedPostsTable: required(envNames.carriedPostsTable),
    ledgerTable: required(envNames.ledgerTable),
    bodiesBucket: required(envNames.bodiesBucket),
    ledgerRetentionDays,
  };
}
