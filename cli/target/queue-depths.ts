import type { QueueDepth } from '../../shared/aws/queue-depth.ts';
import type { Target } from './target.ts';

/** Accepted deliveries that are not recorded: on their way, and given up. */
export interface QueueDepths {
  readonly queue: QueueDepth;
  readonly deadLetters: QueueDepth;
}

/** In the order in which a delivery may move, so that one that moves meanwhile is seen at least once. */
export async function readQueueDepths({ clients, outputs }: Target): Promise<QueueDepths> {
  const [{ createSqsClient }, { readQueueDepth }] = await Promise.all([
    import('../../shared/aws/clients/sqs.ts'),
    import('../../shared/aws/queue-depth.ts'),
  ]);
  const client = createSqsClient(clients.sqs);
  try {
    const queue = await readQueueDepth(client, outputs.deliveriesQueueUrl);
    return { queue, deadLetters: await readQueueDepth(client, outputs.deadLetterQueueUrl) };
  } finally {
    client.destroy();
  }
}
