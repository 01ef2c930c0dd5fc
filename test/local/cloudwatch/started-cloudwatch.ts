import type { TestContext } from 'node:test';
import { CloudWatchClient, GetMetricDataCommand, type GetMetricDataCommandInput } from '@aws-sdk/client-cloudwatch';
import { startCloudWatch } from '../../../local/cloudwatch/index.ts';
import type { Metric } from '../../../local/cloudwatch/metric.ts';
import { clientConfig } from '../../support/emulators.ts';

export const minute = 60_000;
/** A whole hour, at which periods of any usual length begin. */
export const noon = Date.UTC(2026, 10, 21, 12);

/** Stands until the test moves it. */
export class StandingClock {
  at = noon;
  now(): number {
    return this.at;
  }
}

/** A query by the SDK's names. */
export const query = (id: string, { namespace, name, dimensions }: Metric, stat = 'Sum', period = 60) => ({
  Id: id,
  MetricStat: {
    Metric: {
      Namespace: namespace,
      MetricName: name,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    },
    Period: period,
    Stat: stat,
  },
});

/** CloudWatch on a standing clock, and the SDK's client to ask it. */
export async function startedCloudWatch(t: TestContext, lagMs = 0) {
  const clock = new StandingClock();
  const cloudWatch = await startCloudWatch({ clock, lagMs });
  const client = new CloudWatchClient(clientConfig(cloudWatch.url));
  t.after(async () => {
    client.destroy();
    await cloudWatch.close();
  });

  /** The hour around noon unless the input says otherwise. */
  const ask = async (input: Partial<GetMetricDataCommandInput>) => {
    const times = { StartTime: new Date(noon - 30 * minute), EndTime: new Date(noon + 30 * minute) };
    const { MetricDataResults = [] } = await client.send(
      new GetMetricDataCommand({ ...times, ScanBy: 'TimestampAscending', MetricDataQueries: [], ...input }),
    );
    return MetricDataResults;
  };
  /** One metric's values as `[minutes after noon, value]`. */
  const read = async (metric: Metric, stat = 'Sum') => {
    const [found] = await ask({ MetricDataQueries: [query('m', metric, stat)] });
    return found?.Timestamps?.map((at, index) => [(at.getTime() - noon) / minute, found.Values?.[index]]);
  };
  return { clock, cloudWatch, client, ask, read };
}
