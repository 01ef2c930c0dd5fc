import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { queueUrl } from '../../../local/sqs-s3.ts';
import { toMessageAttributes } from '../../../shared/aws/delivery-message.ts';
import type { FaultOf, Garbage } from '../fault.ts';
import type { Performance } from '../stage.ts';
import { spread } from './spread.ts';

interface Message {
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Messages that no receiver made, each wrong in one way. */
function messageOf(garbage: Garbage, receivedAt: string, n: number): Message {
  const right = {
    app: 'default',
    via: 'webhook',
    scheme: 'oauth2',
    receivedAt,
    traceId: `garbage-${n}`,
    encoding: 'text',
  };
  const { receivedAt: _, ...timeless } = right;
  switch (garbage) {
    case 'no-attributes':
      return { body: `{"garbage":${n}}`, attributes: {} };
    case 'no-time':
      return { body: `{"garbage":${n}}`, attributes: timeless };
    case 'unknown-kind':
      return { body: '-', attributes: { ...right, kind: 'rumour' } };
    case 'unknown-encoding':
      return { body: '-', attributes: { ...right, encoding: 'morse' } };
    case 'broken-check':
      return { body: '{"key":', attributes: { ...right, encoding: 's3' } };
    case 'lost-check':
      return { body: `{"key":"deliveries/lost/${n}","bytes":7}`, attributes: { ...right, encoding: 's3' } };
  }
}

/** Puts garbage on the queue, past the receiver. */
export async function putGarbage(
  { garbage, count }: FaultOf<'garbage'>,
  { stage, random, forMs, signal }: Performance,
): Promise<void> {
  const { stack, names, sqs, account, say } = stage;
  const url = queueUrl(stack.endpoints.sqs, names.deliveriesQueueUrl.split('/').at(-1) ?? '');
  await spread(count, forMs, signal, async () => {
    const n = Math.floor(random() * 1e9);
    const { body, attributes } = messageOf(garbage, new Date(stack.clock.now()).toISOString(), n);
    const command = new SendMessageCommand({
      QueueUrl: url,
      MessageBody: body,
      MessageAttributes: toMessageAttributes(attributes),
    });
    try {
      const { MessageId } = await sqs.send(command);
      if (MessageId !== undefined) account.garbage.add(MessageId);
    } catch {
      say('garbage: SQS is away');
    }
  });
}
