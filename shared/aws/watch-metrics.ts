import type { CloudWatchClient, CloudWatchClientConfig, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { minuteMs } from '../domain/gaps/interval.ts';
import type { WebhookMetrics } from '../watch-ports.ts';
import { readPoints, webhookSum } from './metric-points.ts';

export interface WatchMetricsSettings {
  readonly client: CloudWatchClient;
  /** Of the metric filters over the API's access log. */
  readonly namespace: string;
  readonly refused: string;
  readonly unauthorized: string;
  /** App → the path of its webhook: the filters' only dimension. */
  readonly paths: ReadonlyMap<string, string>;
  readonly queueName: string;
}

/** CloudWatch is slow at times; the tick has other things to do. */
export const metricsClientConfig = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 4_000, throwOnRequestTimeout: true },
} as const satisfies CloudWatchClientConfig;

/** SQS measures once a minute and shows it a minute or two later. */
const queueSeenMs = 5 * minuteMs;

/**
 * One GetMetricData per reading. What no data point says is 0: metric filters count matches only, and SQS measures
 * nothing of a queue that has been idle for hours (SQS guide, available CloudWatch metrics).
 */
export function createWatchMetrics(settings: WatchMetricsSettings): WebhookMetrics {
  const { client, namespace, refused, unauthorized, paths, queueName } = settings;
  const sum = (id: string, name: string, path: string) => webhookSum({ id, namespace, name, path, periodSeconds: 60 });
  const queueAge: MetricDataQuery = {
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
  };

  return {
    async read(app, span) {
      const path = paths.get(app) ?? '';
      const queries = [sum('refused', refused, path), sum('unauthorized', unauthorized, path), queueAge];
      const points = await readPoints(client, queries, span);
      const newest = (points.get('age') ?? []).filter(({ minuteMs: at }) => at >= span.toMs - queueSeenMs);
      return {
        refusals: points.get('refused') ?? [],
        unauthorized: points.get('unauthorized') ?? [],
        oldestMessageAgeMs: Math.max(0, ...newest.map(({ count }) => count)) * 1_000,
      };
    },
  };
}
