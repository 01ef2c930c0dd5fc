import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { AdjustableClock } from '../../../local/clock/adjustable-clock.ts';
import { queueUrl, startSqsAndS3 } from '../../../local/sqs-s3.ts';
import { createSqsClient } from '../../../shared/aws/clients/sqs.ts';
import { clientConfig } from '../../support/emulators.ts';

const start = Date.UTC(2026, 10, 21);

test('a received message comes again by the local clock, but stays with its receiver for the real time that work takes', async (t) => {
  const clock = new AdjustableClock({ realAt: Date.now(), localAt: start, speed: 0 });
  const sqs = await startSqsAndS3({ clock });
  t.after(() => sqs.close());
  const client = createSqsClient(clientConfig(sqs.url));
  t.after(() => client.destroy());
  const QueueUrl = queueUrl(sqs.url, 'held');
  const receive = async (WaitTimeSeconds: number) => {
    const command = { QueueUrl, WaitTimeSeconds, VisibilityTimeout: 1, MessageSystemAttributeNames: ['All' as const] };
    const { Messages = [] } = await client.send(new ReceiveMessageCommand(command));
    return Messages.map(({ Attributes }) => Attributes?.SentTimestamp);
  };
  await client.send(new CreateQueueCommand({ QueueName: 'held' }));
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'work' }));

  assert.deepEqual(await receive(0), [String(start)]);
  await clock.advance(3_600_000);
  assert.deepEqual(await receive(0), [], 'the clock jumped over its time, but the receiver had no real second');
  assert.deepEqual(await receive(20), [String(start)]);
});
