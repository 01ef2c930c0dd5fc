import { GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { metricNames, metricsNamespace } from '../../../functions/watch-gaps/env.ts';
import { sdkConfig } from '../../../local/sdk-config.ts';
import { createCloudWatchClient } from '../../../shared/aws/clients/cloudwatch.ts';
import { minuteMs } from '../../../shared/domain/gaps/interval.ts';
import type { Watched } from './driver.ts';

/** Values of one of the watcher's metrics, minute by minute, in the last `hours`. */
export async function metricOf(
  { stack, now }: Pick<Watched, 'stack' | 'now'>,
  name: keyof typeof metricNames,
  hours: number,
): Promise<readonly number[]> {
  const client = createCloudWatchClient(sdkConfig(stack.endpoints.cloudwatch));
  const Metric = {
    Namespace: metricsNamespace,
    MetricName: metricNames[name],
    Dimensions: [{ Name: 'service', Value: 'Gapless-watch-gaps' }],
  };
  try {
    const { MetricDataResults = [] } = await client.send(
      new GetMetricDataCommand({
        StartTime: new Date(now() - hours * 60 * minuteMs),
        EndTime: new Date(now() + minuteMs),
        ScanBy: 'TimestampAscending',
        MetricDataQueries: [{ Id: 'asked', MetricStat: { Metric, Period: 60, Stat: 'Maximum' } }],
      }),
    );
    return MetricDataResults[0]?.Values ?? [];
  } finally {
    client.destroy();
  }
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
