import assert from 'node:assert/strict';
import { createClaimChecks } from '../../shared/aws/claim-check.ts';
import { createDynamoDbClient } from '../../shared/aws/clients/dynamodb.ts';
import { createS3Client } from '../../shared/aws/clients/s3.ts';
import { createSqsClient } from '../../shared/aws/clients/sqs.ts';
import { createDeadLetters } from '../../shared/aws/dead-letters.ts';
import { createEventStore } from '../../shared/aws/event-store.ts';
import { describeFailure } from '../../shared/aws/failures.ts';
import { sha256Hex } from '../../shared/aws/index-keys.ts';
import { createLedger } from '../../shared/aws/ledger.ts';
import { createPayloadStore } from '../../shared/aws/payload-store.ts';
import type { Via } from '../../shared/domain/event.ts';
import { recordDeliveries } from '../../shared/use-cases/record-deliveries.ts';
import type { Emulators } from '../support/emulators.ts';

/** Stores what accepted bodies or lines hold, by the real recorder, as received at the given time. */
export async function recordBodies(
  { names, dynamodb, s3, sqs, deadLetterQueueUrl }: Emulators,
  bodies: readonly (string | Uint8Array)[],
  receivedAt: string,
  via: Via = 'webhook',
): Promise<void> {
  const client = createDynamoDbClient(dynamodb);
  const s3Client = createS3Client(s3);
  const sqsClient = createSqsClient(sqs);
  const random = () => 0;
  const deps = {
    store: createEventStore({
      ...names,
      client,
      random,
      loadPayloadStore: async () => createPayloadStore(s3Client, names.bucket),
    }),
    ledger: createLedger({ client, table: names.ledgerTable, retentionDays: 400, random }),
    claimChecks: createClaimChecks({ client: s3Client, bucket: names.bucket }),
    deadLetters: createDeadLetters(sqsClient, deadLetterQueueUrl),
    sha256Hex,
    describeFailure,
  };
  const records = bodies.map((body, index) => {
    const messageId = `message-${via}-${receivedAt}-${index}`;
    const delivery = {
      deliveryId: messageId,
      app: 'default',
      via,
      receivedAt,
      body: Buffer.from(body),
    };
    const content = { kind: 'delivery' as const, delivery };
    return { messageId, receiveCount: 1, body: 'as sent', attributes: {}, content };
  });
  const never = new AbortController().signal;
  const { outcomes } = await recordDeliveries(deps, records, { recording: never, finishing: never });
  for (const { kind } of outcomes.values()) assert.equal(kind, 'done');
  for (const one of [client, s3Client, sqsClient]) one.destroy();
}
