import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { createHandler } from '../../../functions/record-events/handler.ts';
import { createClaimChecks } from '../../../shared/aws/claim-check.ts';
import { createDynamoDbClient } from '../../../shared/aws/clients/dynamodb.ts';
import { createS3Client } from '../../../shared/aws/clients/s3.ts';
import { createSqsClient } from '../../../shared/aws/clients/sqs.ts';
import { createDeadLetters } from '../../../shared/aws/dead-letters.ts';
import type { ListedEvent } from '../../../shared/aws/event-reader/hydrate.ts';
import { createEventStore, storeClientConfig } from '../../../shared/aws/event-store.ts';
import { describeFailure } from '../../../shared/aws/failures.ts';
import { sha256Hex } from '../../../shared/aws/index-keys.ts';
import { createLedger } from '../../../shared/aws/ledger.ts';
import { createPayloadStore } from '../../../shared/aws/payload-store.ts';
import { createReader, type Reader } from '../../../shared/aws/reader.ts';
import { recordDeliveries } from '../../../shared/use-cases/record-deliveries.ts';
import { type Emulators, startEmulators } from '../../support/emulators.ts';
import { contextWith, day, type Queued, sqsEvent } from './sqs-event.ts';

// The metrics of a test are nobody's; index.test.ts looks at those of the function.
process.env.POWERTOOLS_METRICS_DISABLED = 'true';

/** The recorder's handler over emulators, and a look at what it left there. */
export interface Recorder {
  readonly emulators: Emulators;
  readonly reader: Reader;
  readonly claimChecks: ReturnType<typeof createClaimChecks>;
  /** Ids of the messages that go back to the queue. */
  record(messages: readonly Queued[]): Promise<readonly string[]>;
  /** The same when the time for recording is over as soon as so many events are stored and the others were tried again. */
  recordUntilStored(count: number, messages: readonly Queued[]): Promise<readonly string[]>;
  /** All events, newest first. */
  events(): Promise<readonly ListedEvent[]>;
  /** Items of the ledger under a partition key, by sort key; without when they expire. */
  ledger(pk: string): Promise<Readonly<Record<string, Readonly<Record<string, string | number | boolean>>>>>;
  /** Sums over the app's day. */
  coverage(app?: string): Promise<Readonly<Record<string, number>>>;
  /** What is in the dead-letter queue; takes it out. */
  takeDead(): Promise<readonly { readonly body: string; readonly attributes: Readonly<Record<string, string>> }[]>;
  close(): Promise<void>;
}

export async function startRecorder(): Promise<Recorder> {
  const emulators = await startEmulators();
  const { names, dynamodb, deadLetterQueueUrl } = emulators;
  const client = createDynamoDbClient({ ...dynamodb, ...storeClientConfig });
  const [sqs, s3] = [createSqsClient(emulators.sqs), createS3Client(emulators.s3)];
  const random = () => 0;
  const payloads = createPayloadStore(s3, names.bucket);
  const claimChecks = createClaimChecks({ client: s3, bucket: names.bucket });
  const deps = {
    store: createEventStore({ ...names, client, loadPayloadStore: async () => payloads, random }),
    ledger: createLedger({ client, table: names.ledgerTable, retentionDays: 30, random }),
    claimChecks,
    deadLetters: createDeadLetters(sqs, deadLetterQueueUrl),
    sha256Hex,
    describeFailure,
  };
  let timeOver: { readonly recording?: AbortSignal } = {};
  const handler = createHandler({
    logger: new Logger({ logLevel: 'SILENT' }),
    metrics: new Metrics({ namespace: 'Test' }),
    recordDeliveries: (records, deadlines) => recordDeliveries(deps, records, { ...deadlines, ...timeOver }),
  });
  const reader = createReader({ ...names, bodiesBucket: names.bucket, clients: { dynamodb, s3: emulators.s3 } });
  const under = async (pk: string) => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: names.ledgerTable,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: pk } },
      }),
    );
    return Items;
  };

  const record = async (messages: readonly Queued[]) => {
    const { batchItemFailures } = await handler(sqsEvent(messages), contextWith(60_000));
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };
  const events = () => Array.fromAsync(reader.events.between());
  const tries = () => emulators.faults.dynamodb.count('PutItem');

  return {
    emulators,
    reader,
    claimChecks,
    record,
    async recordUntilStored(count, messages) {
      const patience = new AbortController();
      timeOver = { recording: patience.signal };
      const recorded = record(messages);
      while ((await events()).length < count) await pause(5);
      for (const before = tries(); tries() < before + 3; ) await pause(5);
      patience.abort();
      timeOver = {};
      return recorded;
    },
    events,
    async ledger(pk) {
      const items = (await under(pk)).map(({ pk: _, sk, expiresAt: __, ...attributes }) => {
        const values = Object.entries(attributes).map(([name, { S, N, BOOL }]) => [name, S ?? BOOL ?? Number(N)]);
        return [sk?.S, Object.fromEntries(values)];
      });
      return Object.fromEntries(items);
    },
    async coverage(app = 'default') {
      const items = await under(`coverage#${app}#${day}`);
      const sum = (name: string) => items.reduce((total, item) => total + Number(item[name]?.N ?? 0), 0);
      const counters = ['deliveries', 'events', 'stored', 'duplicates', 'unknown'];
      return Object.fromEntries(counters.map((name) => [name, sum(name)]));
    },
    async takeDead() {
      const dead = [];
      for (;;) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({
            QueueUrl: deadLetterQueueUrl,
            MaxNumberOfMessages: 10,
            MessageAttributeNames: ['All'],
          }),
        );
        if (Messages.length === 0) return dead;
        for (const { Body = '', MessageAttributes = {}, ReceiptHandle } of Messages) {
          const texts = Object.entries(MessageAttributes).map(([name, { StringValue = '' }]) => [name, StringValue]);
          dead.push({ body: Body, attributes: Object.fromEntries(texts) });
          await sqs.send(new DeleteMessageCommand({ QueueUrl: deadLetterQueueUrl, ReceiptHandle }));
        }
      }
    },
    async close() {
      for (const one of [client, sqs, s3]) one.destroy();
      reader.close();
      await emulators.close();
    },
  };
}
