import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetters } from '../ports.ts';
import { toMessageAttributes } from './delivery-message.ts';

/**
 * The dead-letter queue takes a message as it was, so that moving it back is all that a second try needs, with `cause`
 * and `causeDetail` beside its attributes; those of an earlier funeral are replaced.
 */
export function createDeadLetters(client: SQSClient, queueUrl: string): DeadLetters {
  return {
    async send({ body, attributes, cause, detail }, signal) {
      const command = new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: body,
        MessageAttributes: toMessageAttributes({ ...attributes, cause, causeDetail: detail }),
      });
      await client.send(command, { abortSignal: signal });
    },
  };
}
