import { list, member } from '../../shared/domain/json.ts';
import { number, only, text } from './call-input.ts';
import type { Metric } from './metric.ts';
import { invalid, notPlayed } from './refused-call.ts';
import { isStatisticName, type StatisticName } from './statistics.ts';

export interface MetricDataQuery {
  readonly id: string;
  readonly metric: Metric;
  readonly periodMs: number;
  readonly statistic: StatisticName;
}

/** One entry of GetMetricData's MetricDataQueries, as JSON. Throws `RefusedCall`. */
export function readQuery(query: unknown): MetricDataQuery {
  only(query, ['Id', 'MetricStat'], 'a query');
  const stat = member(query, 'MetricStat');
  only(stat, ['Metric', 'Period', 'Stat'], 'MetricStat');
  only(member(stat, 'Metric'), ['Dimensions', 'MetricName', 'Namespace'], 'Metric');
  const id = text(query, 'Id');
  if (!/^[a-z]\w{0,254}$/.test(id)) throw invalid(`The Id "${id}" must start with a small letter and be a word.`);
  const statistic = text(stat, 'Stat');
  if (!isStatisticName(statistic)) throw notPlayed(`the statistic ${statistic}`);
  const periodSeconds = number(stat, 'Period');
  if (periodSeconds <= 0 || periodSeconds % 60 !== 0) throw notPlayed('periods other than whole minutes');
  const metric = member(stat, 'Metric');
  const dimensions = list(member(metric, 'Dimensions')).map((one) => [text(one, 'Name'), text(one, 'Value')]);
  return {
    id,
    metric: {
      namespace: text(metric, 'Namespace'),
      name: text(metric, 'MetricName'),
      dimensions: Object.fromEntries(dimensions),
    },
    periodMs: periodSeconds * 1000,
    statistic,
  };
}
