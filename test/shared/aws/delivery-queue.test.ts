import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { createClaimChecks } from '../../../shared/aws/claim-check.ts';
import { createS3Client } from '../../../shared/aws/clients/s3.ts';
import { createSqsClient } from '../../../shared/aws/clients/sqs.ts';
import { createDeliveryQueue } from '../../../shared/aws/delivery-queue.ts';
import { type Emulators, startEmulators } from '../../support/emulators.ts';

const small = Buffer.from('{"text":"caf\\u00e9 \\/ 日本"}');
const large = Buffer.alloc(1_100_000, 'a');
const accepted = (body: Uint8Array) => {
  return {
    app: 'shop',
    via: 'webhook',
    scheme: 'legacy',
    receivedAt: '2026-11-21T23:59:59.999Z',
    traceId: 'trace-1',
    body,
  } as const;
};

describe('the deliveries queue', () => {
  let emulators: Emulators;
  let client: SQSClient;
  const opened = { sqs: 0, s3: 0 };

  const open = (budgetMs?: number) =>
    createDeliveryQueue({
      createClient: () => {
        opened.sqs += 1;
        return client;
      },
      queueUrl: emulators.deliveriesQueueUrl,
      openClaimChecks: async () => {
        opened.s3 += 1;
        const s3 = createS3Client({ ...emulators.s3, maxAttempts: 1 });
        return createClaimChecks({ client: s3, bucket: emulators.names.bucket });
      },
      createId: () => 'id-1',
      ...(budgetMs !== undefined && { sendBudgetMs: budgetMs, heartbeatBudgetMs: budgetMs }),
    });

  /** All messages there are; they become invisible. */
  const messages = async () => {
    const receive = { QueueUrl: emulators.deliveriesQueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] };
    const { Messages = [] } = await client.send(new ReceiveMessageCommand(receive));
    return Messages.map(({ Body, MessageAttributes = {} }) => ({
      body: Body,
      attributes: Object.fromEntries(
        Object.entries(MessageAttributes).map(([name, value]) => [name, value.StringValue]),
      ),
    }));
  };

  before(async () => {
    emulators = await startEmulators();
    client = createSqsClient({ ...emulators.sqs, maxAttempts: 2 });
  });
  after(async () => {
    client.destroy();
    await emulators.close();
  });

  test('gets the body verbatim and the rest in attributes', async () => {
    await open().send(accepted(small));
    const attributes = { app: 'shop', via: 'webhook', scheme: 'legacy', receivedAt: '2026-11-21T23:59:59.999Z' };
    assert.deepEqual(await messages(), [
      {
        body: small.toString(),
        attributes: { ...attributes, traceId: 'trace-1', encoding: 'text', deliveryId: 'id-1' },
      },
    ]);
  });

  test('keeps the id that a delivery brings along', async () => {
    await open().send({ ...accepted(small), deliveryId: 'own-7' });
    assert.deepEqual(
      (await messages()).map(({ attributes }) => attributes.deliveryId),
      ['own-7'],
    );
  });

  test('takes a heartbeat on the same way', async () => {
    await open().sendHeartbeat({ app: 'shop', receivedAt: '2026-11-21T23:59:59.999Z', proven: true });
    const attributes = { kind: 'heartbeat', app: 'shop', receivedAt: '2026-11-21T23:59:59.999Z', proven: 'true' };
    assert.deepEqual(await messages(), [{ body: '-', attributes }]);
  });

  test('opens its clients once, and S3 only for what SQS cannot hold', async () => {
    opened.sqs = 0;
    opened.s3 = 0;
    const queue = open();
    assert.deepEqual(opened, { sqs: 0, s3: 0 });
    await queue.send(accepted(small));
    await queue.send(accepted(small));
    assert.deepEqual(opened, { sqs: 1, s3: 0 });
    await queue.send(accepted(large));
    await queue.send(accepted(large));
    assert.deepEqual(opened, { sqs: 1, s3: 1 });
    const claimChecks = (await messages()).filter(({ attributes }) => attributes.encoding === 's3');
    const body = JSON.stringify({ key: 'deliveries/2026-11-21/id-1', bytes: large.length });
    assert.deepEqual(
      claimChecks.map((message) => message.body),
      [body, body],
    );
  });

  test('tries again when SQS refuses once', async () => {
    emulators.faults.sqs.add({ target: 'SendMessage', times: 1, respond: { status: 503 } });
    await open().send(accepted(small));
    assert.equal((await messages()).length, 1);
  });

  test('tells when SQS keeps refusing, or does not answer in time', async () => {
    const mend = emulators.faults.sqs.add({ target: 'SendMessage', respond: { status: 500 } });
    await assert.rejects(open().send(accepted(small)), { code: 'QUEUE_UNAVAILABLE' });
    mend();
    const { promise, resolve } = Promise.withResolvers<void>();
    const hurry = emulators.faults.sqs.add({ target: 'SendMessage', respond: { holdUntil: promise } });
    await assert.rejects(open(50).send(accepted(small)), { code: 'QUEUE_UNAVAILABLE' });
    const heartbeat = { app: 'shop', receivedAt: '2026-11-21T10:00:00.000Z', proven: false };
    await assert.rejects(open(50).sendHeartbeat(heartbeat), { code: 'QUEUE_UNAVAILABLE' });
    hurry();
    resolve();
  });

  test('gets no message whose body S3 did not take', async () => {
    const before = emulators.faults.sqs.count('SendMessage');
    const mend = emulators.faults.s3.add({ target: 'PUT', respond: { status: 500 } });
    await assert.rejects(open().send(accepted(large)), { code: 'CLAIM_CHECK_UNAVAILABLE' });
    mend();
    assert.equal(emulators.faults.sqs.count('SendMessage'), before);
  });
});
