import type { Clock } from '../../shared/ports.ts';
import type { StackModel } from '../template.ts';
import type { CloudWatch } from './index.ts';

/** Shows `ApproximateAgeOfOldestMessage` of each queue, which SQS measures by itself. */
export function showQueueAges(
  cloudWatch: CloudWatch,
  { queues }: Pick<StackModel, 'queues'>,
  clock: Clock,
  oldestMessageSentAt: (queueName: string) => Promise<number | undefined>,
): void {
  for (const { name } of queues) {
    const dimensions = { QueueName: name };
    cloudWatch.gauge({ namespace: 'AWS/SQS', name: 'ApproximateAgeOfOldestMessage', dimensions }, async () => {
      const sentAt = await oldestMessageSentAt(name);
      return sentAt === undefined ? 0 : Math.max(0, clock.now() - sentAt) / 1000;
    });
  }
}
