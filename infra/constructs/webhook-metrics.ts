import { FilterPattern, type ILogGroup, type JsonPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { accessLogMetrics } from '../../functions/watch-gaps/env.ts';

/** Members of the access log's entries; all of them are texts. */
interface LoggedFields {
  readonly method: string;
  readonly path: string;
  readonly status: string;
}

export interface WebhookMetricsProps {
  readonly accessLog: ILogGroup;
  /** Where these stand in an entry, such as `$.status`. */
  readonly fields: LoggedFields;
  readonly namespace: string;
  /** App → the path of its webhook. */
  readonly paths: ReadonlyMap<string, string>;
}

/**
 * What became of the POSTs to each webhook, counted from the access log: it also has what never reached the receiver.
 * The paths are written into the filters, or a stranger could make metrics, which cost money, by making up paths.
 */
export class WebhookMetrics extends Construct {
  constructor(scope: Construct, id: string, { accessLog, fields, namespace, paths }: WebhookMetricsProps) {
    super(scope, id);
    const status = (value: string) => FilterPattern.stringValue(fields.status, '=', value);
    const kinds: Readonly<Record<string, JsonPattern>> = {
      [accessLogMetrics.accepted]: status('200'),
      [accessLogMetrics.refused]: FilterPattern.any(status('5*'), status('429')),
      [accessLogMetrics.unauthorized]: status('401'),
    };
    for (const [app, path] of paths) {
      const group = new Construct(this, app);
      for (const [metricName, answered] of Object.entries(kinds)) {
        new MetricFilter(group, metricName, {
          logGroup: accessLog,
          filterPattern: FilterPattern.all(
            FilterPattern.stringValue(fields.method, '=', 'POST'),
            FilterPattern.stringValue(fields.path, '=', path),
            answered,
          ),
          metricNamespace: namespace,
          metricName,
          metricValue: '1',
          dimensions: { path: fields.path },
        });
      }
    }
  }
}
