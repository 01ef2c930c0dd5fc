import { FilterPattern, type ILogGroup, type JsonPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { accessLogMetrics } from '../../functions/watch-gaps/env.ts';

/** Where these stand in an entry, such as `$.status`; all of them are texts. */
interface LoggedFields {
  /** Absent: there are entries of POSTs only. */
  readonly method?: string;
  readonly path: string;
  readonly status: string;
}

export interface WebhookMetricsProps {
  /** With an entry for each request. */
  readonly log: ILogGroup;
  readonly fields: LoggedFields;
  readonly namespace: string;
  /** App → the path of its webhook. */
  readonly paths: ReadonlyMap<string, string>;
}

/**
 * What became of the POSTs to each webhook, counted from the log of their answers.
 * The paths are written into the filters, or a stranger could make metrics, which cost money, by making up paths.
 */
export class WebhookMetrics extends Construct {
  constructor(scope: Construct, id: string, { log, fields, namespace, paths }: WebhookMetricsProps) {
    super(scope, id);
    const status = (value: string) => FilterPattern.stringValue(fields.status, '=', value);
    const isPost = fields.method === undefined ? [] : [FilterPattern.stringValue(fields.method, '=', 'POST')];
    const kinds: Readonly<Record<string, JsonPattern>> = {
      [accessLogMetrics.accepted]: status('200'),
      [accessLogMetrics.refused]: FilterPattern.any(status('5*'), status('429')),
      [accessLogMetrics.unauthorized]: status('401'),
    };
    for (const [app, path] of paths) {
      const group = new Construct(this, app);
      for (const [metricName, answered] of Object.entries(kinds)) {
        new MetricFilter(group, metricName, {
          logGroup: log,
          filterPattern: FilterPattern.all(...isPost, FilterPattern.stringValue(fields.path, '=', path), answered),
          metricNamespace: namespace,
          metricName,
          metricValue: '1',
          dimensions: { path: fields.path },
        });
      }
    }
  }
}
