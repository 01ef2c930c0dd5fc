import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { minuteMs } from '../domain/gaps/interval.ts';
import type { CountedMinute } from '../domain/gaps/watch-state.ts';

/** SQS measures once a minute and shows it a minute or two later. */
export const queueSeenMs = 5 * minuteMs;

export const queueAgeQuery = (queueName: string): MetricDataQuery => ({
  Id: 'age',
  MetricStat: {
    Metric: {
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateAgeOfOldestMessage',
      Dimensions: [{ Name: 'QueueName', Value: queueName }],
    },
    Period: 60,
    Stat: 'Maximum',
  },
});

/** The worst of the newest minutes. 0 without any: SQS measures nothing of a queue that has been idle for hours (SQS guide, available CloudWatch metrics). */
export function oldestAgeMs(points: ReadonlyMap<string, readonly CountedMinute[]>, nowMs: number): number {
  const newest = (points.get('age') ?? []).filter(({ minuteMs: at }) => at >= nowMs - queueSeenMs);
  return Math.max(0, ...newest.map(({ count }) => count)) * 1_000;
}
