import { type CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { Interval } from '../domain/gaps/interval.ts';
import type { CountedMinute } from '../domain/gaps/watch-state.ts';

/** How often a metric filter over the log of the answers matched. Its only dimension is the path of an app's webhook. */
export function webhookSum(query: {
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  readonly path: string;
  readonly periodSeconds: number;
}): MetricDataQuery {
  const { id, namespace, name, path, periodSeconds } = query;
  return {
    Id: id,
    MetricStat: {
      Metric: { Namespace: namespace, MetricName: name, Dimensions: [{ Name: 'path', Value: path }] },
      Period: periodSeconds,
      Stat: 'Sum',
    },
  };
}

/** A count of AWS/Lambda, by the minute; its name in lower case is the id. */
export function functionSum(name: 'Errors' | 'Throttles', functionName: string): MetricDataQuery {
  const Metric = {
    Namespace: 'AWS/Lambda',
    MetricName: name,
    Dimensions: [{ Name: 'FunctionName', Value: functionName }],
  };
  return { Id: name.toLowerCase(), MetricStat: { Metric, Period: 60, Stat: 'Sum' } };
}

/** By the id of its query, each metric's data points, oldest first. */
export async function readPoints(
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
