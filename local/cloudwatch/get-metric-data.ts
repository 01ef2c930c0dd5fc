import { minuteMs } from '../../shared/domain/gaps/interval.ts';
import { list, member } from '../../shared/domain/json.ts';
import { number, only } from './call-input.ts';
import type { Gauges } from './gauges.ts';
import { type MetricDataQuery, readQuery } from './metric-data-query.ts';
import { keptMs, type MetricStore } from './metric-store.ts';
import { invalid, notPlayed } from './refused-call.ts';
import { merge, readers } from './statistics.ts';

export interface GetMetricDataRequest {
  /** A whole minute. */
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
  readonly newestFirst: boolean;
  readonly queries: readonly MetricDataQuery[];
}

/** The input of GetMetricData in AWS JSON, where times are Unix seconds. Throws `RefusedCall`. */
export function readGetMetricData(input: unknown, nowMs: number): GetMetricDataRequest {
  only(input, ['EndTime', 'MetricDataQueries', 'ScanBy', 'StartTime'], 'GetMetricData');
  const startMs = number(input, 'StartTime') * 1000;
  const toMs = number(input, 'EndTime') * 1000;
  if (startMs >= toMs) throw invalid('The parameter StartTime must be less than the parameter EndTime.');
  if (startMs < nowMs - keptMs) throw notPlayed('times more than three days ago');
  const order = member(input, 'ScanBy') ?? 'TimestampDescending';
  if (order !== 'TimestampAscending' && order !== 'TimestampDescending') throw invalid('ScanBy is unknown.');
  const queries = list(member(input, 'MetricDataQueries')).map(readQuery);
  if (queries.length === 0 || queries.length > 500) throw invalid('MetricDataQueries must have 1 to 500 entries.');
  if (new Set(queries.map(({ id }) => id)).size < queries.length) throw invalid('Two queries have the same Id.');
  const fromMs = Math.floor(startMs / minuteMs) * minuteMs;
  if (queries.some(({ periodMs }) => fromMs % periodMs !== 0)) throw notPlayed('a StartTime between two periods');
  return { fromMs, toMs, newestFirst: order === 'TimestampDescending', queries };
}

export interface MetricSources {
  readonly store: MetricStore;
  readonly gauges: Gauges;
  readonly nowMs: number;
  /** A minute shows so long after its start. */
  readonly lagMs: number;
}

/** What GetMetricData answers, in AWS JSON. A metric that nobody heard of has no values. */
export async function getMetricData(
  { fromMs, toMs, newestFirst, queries }: GetMetricDataRequest,
  { store, gauges, nowMs, lagMs }: MetricSources,
) {
  const metrics = queries.map(({ metric }) => metric);
  await gauges.sample(metrics, nowMs);
  const visibleToMs = Math.min(toMs, nowMs - lagMs + 1);
  const results = queries.map(({ id, metric, periodMs, statistic }) => {
    const minutes = store.between(metric, fromMs, visibleToMs);
    const periods = [...Map.groupBy(minutes, ({ startMs }) => Math.floor(startMs / periodMs) * periodMs)];
    const points = newestFirst ? periods.reverse() : periods;
    return {
      Id: id,
      Label: metric.name,
      Timestamps: points.map(([startMs]) => startMs / 1000),
      Values: points.map(([, parts]) =>
        readers[statistic](parts.map(({ statistics }) => statistics).reduce((all, one) => merge(all, one))),
      ),
      StatusCode: 'Complete',
    };
  });
  return { MetricDataResults: results, Messages: [] };
}
