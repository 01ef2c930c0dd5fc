import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { PurgeQueueCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { createClaimChecks } from '../../../shared/aws/claim-check.ts';
import { createS3Client } from '../../../shared/aws/clients/s3.ts';
import { createSqsClient } from '../../../shared/aws/clients/sqs.ts';
import { createStreamQueue } from '../../../shared/aws/stream-queue.ts';
import type { AcceptedDelivery } from '../../../shared/ports.ts';
import { type Emulators, startEmulators } from '../../support/emulators.ts';

const line = (index: number, body: string | Uint8Array = `{"line":${index}}`): AcceptedDelivery => ({
  app: 'shop',
  via: 'stream',
  receivedAt: '2026-11-21T10:00:00.000Z',
  traceId: 'holder-1',
  body: typeof body === 'string' ? Buffer.from(body) : body,
  deliveryId: `id-${index}`,
});

describe('the queue for lines of the stream', () => {
  let emulators: Emulators;
  let client: SQSClient;
  const s3 = () => createS3Client(emulators.s3);
  const refused: string[] = [];
  const open = () =>
    createStreamQueue({
      client,
      queueUrl: emulators.deliveriesQueueUrl,
      openClaimChecks: async () => createClaimChecks({ client: s3(), bucket: emulators.names.bucket }),
      createId: () => 'unused',
      onRefused: (reason) => refused.push(reason),
    });
  const received = async () => {
    const all = [];
    for (;;) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: emulators.deliveriesQueueUrl,
          MaxNumberOfMessages: 10,
          MessageAttributeNames: ['All'],
        }),
      );
      if (Messages.length === 0) return all;
      all.push(...Messages);
    }
  };

  before(async () => {
    emulators = await startEmulators();
    client = createSqsClient({ ...emulators.sqs, maxAttempts: 1 });
  });
  beforeEach(async () => {
    refused.length = 0;
    await client.send(new PurgeQueueCommand({ QueueUrl: emulators.deliveriesQueueUrl }));
  });
  after(async () => {
    client.destroy();
    await emulators.close();
  });

  test('takes ten lines in one call, verbatim, and says by which way they came', async () => {
    const before = emulators.faults.sqs.count('SendMessageBatch');
    const lines = Array.from({ length: 10 }, (_, index) => line(index));
    assert.deepEqual(await open().sendBatch(lines), []);
    assert.equal(emulators.faults.sqs.count('SendMessageBatch') - before, 1);
    const messages = await received();
    assert.deepEqual(messages.map(({ Body }) => Body).sort(), lines.map(({ body }) => body.toString()).sort());
    const attributes = messages.map(({ MessageAttributes = {} }) =>
      Object.keys(MessageAttributes)
        .sort()
        .map((name) => [name, MessageAttributes[name]?.StringValue]),
    );
    assert.deepEqual(Object.fromEntries(attributes[0] ?? []), {
      app: 'shop',
      deliveryId: Object.fromEntries(attributes[0] ?? []).deliveryId,
      encoding: 'text',
      receivedAt: '2026-11-21T10:00:00.000Z',
      traceId: 'holder-1',
      via: 'stream',
    });
  });

  test('takes together no more than one MiB in a call', async () => {
    const before = emulators.faults.sqs.count('SendMessageBatch');
    const lines = Array.from({ length: 5 }, (_, index) => line(index, 'x'.repeat(400_000)));
    assert.deepEqual(await open().sendBatch(lines), []);
    assert.equal(emulators.faults.sqs.count('SendMessageBatch') - before, 3);
  });

  test('takes a line over one MiB by a claim check', async () => {
    assert.deepEqual(await open().sendBatch([line(1, Buffer.alloc(1_200_000, 'a')), line(2)]), []);
    const bodies = (await received()).map(({ Body = '' }) => Body).sort();
    assert.deepEqual(bodies, ['{"key":"deliveries/2026-11-21/id-1","bytes":1200000}', '{"line":2}']);
  });

  test('gives back what it did not take, and why', async () => {
    const remove = emulators.faults.sqs.add({ target: 'SendMessageBatch', respond: { status: 503 } });
    const lines = [line(1), line(2)];
    assert.deepEqual(await open().sendBatch(lines), lines);
    assert.equal(refused.length, 1);
    remove();
  });

  test('gives back the one line that S3 did not take, and takes its neighbours', async () => {
    const remove = emulators.faults.s3.add({ target: 'PUT', respond: { status: 500 } });
    const large = line(1, Buffer.alloc(1_200_000, 'a'));
    assert.deepEqual(await open().sendBatch([large, line(2)]), [large]);
    remove();
    assert.equal((await received()).length, 1);
  });
});
