import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { createDynamoDbClient } from '../../shared/aws/clients/dynamodb.ts';
import { createEventStore, storeClientConfig } from '../../shared/aws/event-store.ts';
import { describeFailure } from '../../shared/aws/failures.ts';
import { sha256Hex } from '../../shared/aws/index-keys.ts';
import { createLedger } from '../../shared/aws/ledger.ts';
import { loadOnce } from '../../shared/load-once.ts';
import { type RecordDeliveriesDeps, recordDeliveries } from '../../shared/use-cases/record-deliveries.ts';
import { metricsNamespace, parseEnv } from './env.ts';
import { createHandler } from './handler.ts';
import { payloadPacker } from './payload-packer.ts';

const env = parseEnv(process.env);
const shared = { client: createDynamoDbClient(storeClientConfig), random: Math.random };
const large = loadOnce(async () => (await import('./large-bodies.ts')).openLargeBodies(env.bodiesBucket));
const dead = loadOnce(async () => (await import('./dead-letter-queue.ts')).openDeadLetterQueue(env.deadLetterQueueUrl));
const deps: RecordDeliveriesDeps = {
  store: createEventStore({
    ...shared,
    ...env,
    loadPayloadStore: async () => (await large()).payloads,
    packPayload: payloadPacker(env.payloadEncoding),
  }),
  ledger: createLedger({ ...shared, table: env.ledgerTable, retentionDays: env.ledgerRetentionDays }),
  claimChecks: { read: async (...args) => (await large()).claimChecks.read(...args) },
  deadLetters: { send: async (...args) => (await dead()).send(...args) },
  sha256Hex,
  describeFailure,
};

export const handler = createHandler({
  logger: new Logger(),
  metrics: new Metrics({ namespace: metricsNamespace }),
  recordDeliveries: (records, deadlines) => recordDeliveries(deps, records, deadlines),
});
