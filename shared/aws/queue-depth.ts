import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** How many messages a queue holds. SQS counts approximately and settles within about a minute (SQS API reference). */
export interface QueueDepth {
  /** To be received, now or after their delay. */
  readonly waiting: number;
  /** Received and not yet deleted. */
  readonly inFlight: number;
}

export async function readQueueDepth(client: SQSClient, queueUrl: string): Promise<QueueDepth> {
  const { Attributes: counts = {} } = await client.send(
    new GetQueueAttributesCommand({
      QueueUrl: queueUrl,
      AttributeNames: [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesDelayed',
        'ApproximateNumberOfMessagesNotVisible',
      ],
    }),
  );
  const count = (text: string | undefined) => Number(text ?? 0);
  return {
    waiting: count(counts.ApproximateNumberOfMessages) + count(counts.ApproximateNumberOfMessagesDelayed),
    inFlight: count(counts.ApproximateNumberOfMessagesNotVisible),
  };
}
