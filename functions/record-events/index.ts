import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { createDynamoDbClient } from '../../shared/aws/clients/dynamodb.ts';
import { createEventStore, storeClientConfig } from '../../shared/aws/event-store.ts';
import { describeFailure } from '../../shared/aws/failures.ts';
import { sha256Hex } from '../../shared/aws/index-keys.ts';
import { createLedger } from '../../shared/aws/ledger.ts';
import { loadOnce } from '../../shared/load-once.ts';
import type { DeadLetter } from '../../shared/ports.ts';
import { recordDeliveries } from '../../shared/use-cases/record-deliveries.ts';
import { metricsNamespace, parseEnv } from './env.ts';
import { createHandler } from './handler.ts';

const { deadLetterQueueUrl, eventsTable, carriedPostsTable, bodiesBucket, ...ledger } = parseEnv(process.env);
const client = createDynamoDbClient(storeClientConfig);
const random = Math.random;
const large = loadOnce(async () => (await import('./large-bodies.ts')).openLargeBodies(bodiesBucket));
const dead = loadOnce(async () => (await import('./dead-letter-queue.ts')).openDeadLetterQueue(deadLetterQueueUrl));
const loadPayloadStore = async () => (await large()).payloads;
const deps = {
  store: createEventStore({ client, eventsTable, carriedPostsTable, loadPayloadStore, random }),
  ledger: createLedger({ client, table: ledger.ledgerTable, retentionDays: ledger.ledgerRetentionDays, random }),
  claimChecks: { read: async (key: string, signal: AbortSignal) => (await large()).claimChecks.read(key, signal) },
  deadLetters: { send: async (letter: DeadLetter, signal: AbortSignal) => (await dead()).send(letter, signal) },
  sha256Hex,
  describeFailure,
};

export const handler = createHandler({
  logger: new Logger(),
  metrics: new Metrics({ namespace: metricsNamespace }),
  recordDeliveries: (records, deadlines) => recordDeliveries(deps, records, deadlines),
});
