import type { CloudWatchClient, CloudWatchClientConfig } from '@aws-sdk/client-cloudwatch';
import type { CountedMinute } from '../domain/gaps/watch-state.ts';
import type { WebhookMetrics } from '../watch-ports.ts';
import { functionSum, readPoints, webhookSum } from './metric-points.ts';
import { oldestAgeMs, queueAgeQuery } from './queue-age.ts';

export interface WatchMetricsSettings {
  readonly client: CloudWatchClient;
  /** Of the metric filters over the log of the answers. */
  readonly namespace: string;
  readonly refused: string;
  readonly unauthorized: string;
  /** App → the path of its webhook: the filters' only dimension. */
  readonly paths: ReadonlyMap<string, string>;
  readonly queueName: string;
  /** The receiver, where the log has no line for an invocation that failed or was throttled. Of whichever app it was. */
  readonly unloggedFunction?: string;
}

/** CloudWatch is slow at times; the tick has other things to do. */
export const metricsClientConfig = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 4_000, throwOnRequestTimeout: true },
} as const satisfies CloudWatchClientConfig;

/** Metrics of AWS/Lambda: each is a POST (or a CRC) that got 5xx or 429 from Lambda itself. */
const unlogged = ['Errors', 'Throttles'] as const;

/**
 * One GetMetricData per reading. What no data point says is 0: metric filters count matches only.
 */
export function createWatchMetrics(settings: WatchMetricsSettings): WebhookMetrics {
  const { client, namespace, refused, unauthorized, paths, queueName, unloggedFunction } = settings;
  const sum = (id: string, name: string, path: string) => webhookSum({ id, namespace, name, path, periodSeconds: 60 });

  return {
    async read(app, span) {
      const path = paths.get(app) ?? '';
      const queries = [
        sum('refused', refused, path),
        sum('unauthorized', unauthorized, path),
        ...(unloggedFunction === undefined ? [] : unlogged.map((name) => functionSum(name, unloggedFunction))),
        queueAgeQuery(queueName),
      ];
      const points = await readPoints(client, queries, span);
      return {
        refusals: sumByMinute(['refused', ...unlogged].flatMap((name) => points.get(name.toLowerCase()) ?? [])),
        unauthorized: points.get('unauthorized') ?? [],
        oldestMessageAgeMs: oldestAgeMs(points, span.toMs),
      };
    },
  };
}

/** Oldest first. */
function sumByMinute(points: readonly CountedMinute[]): readonly CountedMinute[] {
  const sums = new Map<number, number>();
  for (const { minuteMs, count } of points) sums.set(minuteMs, (sums.get(minuteMs) ?? 0) + count);
  return [...sums]
    .map(([minuteMs, count]) => ({ minuteMs, count }))
    .sort((one, other) => one.minuteMs - other.minuteMs);
}
