import {
  type CloudWatchClient,
  type CloudWatchClientConfig,
  GetMetricDataCommand,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import { type Interval, minuteMs } from '../domain/gaps/interval.ts';
import type { CountedMinute } from '../domain/gaps/watch-state.ts';
import type { WebhookMetrics } from '../watch-ports.ts';

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
  const sum = (id: string, name: string, path: string): MetricDataQuery => ({
    Id: id,
    MetricStat: {
      Metric: { Namespace: namespace, MetricName: name, Dimensions: [{ Name: 'path', Value: path }] },
      Period: 60,
      Stat: 'Sum',
    },
  });
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

async function readPoints(
  client: CloudWatchClient,
  queries: MetricDataQuery[],
  { fromMs, toMs }: Interval,
): Promise<ReadonlyMap<string, readonly CountedMinute[]>> {
  const points = new Map<string, CountedMinute[]>();
  const input = {
    MetricDataQueries: queries,
    StartTime: new Date(fromMs),
    EndTime: new Date(toMs),
    ScanBy: 'TimestampAscending',
  } as const;
  for (let NextToken: string | undefined; ; ) {
    const page = await client.send(new GetMetricDataCommand({ ...input, ...(NextToken && { NextToken }) }));
    for (const { Id = '', Timestamps = [], Values = [] } of page.MetricDataResults ?? []) {
      const found = Timestamps.map((time, index) => ({ minuteMs: time.getTime(), count: Values[index] ?? 0 }));
      points.set(Id, [...(points.get(Id) ?? []), ...found]);
    }
    NextToken = page.NextToken;
    if (NextToken === undefined) return points;
  }
}
