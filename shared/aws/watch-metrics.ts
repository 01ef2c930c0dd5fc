import type { CloudWatchClient, CloudWatchClientConfig } from '@aws-sdk/client-cloudwatch';
import type { WebhookMetrics } from '../watch-ports.ts';
import { readPoints, webhookSum } from './metric-points.ts';
import { oldestAgeMs, queueAgeQuery } from './queue-age.ts';

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

/**
 * One GetMetricData per reading. What no data point says is 0: metric filters count matches only.
 */
export function createWatchMetrics(settings: WatchMetricsSettings): WebhookMetrics {
  const { client, namespace, refused, unauthorized, paths, queueName } = settings;
  const sum = (id: string, name: string, path: string) => webhookSum({ id, namespace, name, path, periodSeconds: 60 });

  return {
    async read(app, span) {
      const path = paths.get(app) ?? '';
      const queries = [
        sum('refused', refused, path),
        sum('unauthorized', unauthorized, path),
        queueAgeQuery(queueName),
      ];
      const points = await readPoints(client, queries, span);
      return {
        refusals: points.get('refused') ?? [],
        unauthorized: points.get('unauthorized') ?? [],
        oldestMessageAgeMs: oldestAgeMs(points, span.toMs),
      };
    },
  };
}
