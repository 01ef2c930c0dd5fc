import { Fn } from 'aws-cdk-lib';
import { type Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Settings } from '../settings.ts';
import type { Receiver } from './receiver.ts';
import { doorMetricsNamespace, type WebhookDoor, webhookPaths } from './webhook-door.ts';
import { WebhookMetrics } from './webhook-metrics.ts';

/**
 * The door without an API Gateway: a function URL, which costs nothing itself. It is open to everybody, since X cannot
 * log in: the signature over a delivery's bytes is its authorisation, as behind the HTTP API. It has no access log, so
 * the receiver writes a line for each POST; what never reached it, Lambda's own metrics have.
 */
export class WebhookFunctionUrl extends Construct implements WebhookDoor {
  readonly origin: string;
  readonly clientErrors: Metric;
  readonly serverErrors: Metric;
  readonly unloggedFunction: string;

  constructor(scope: Construct, id: string, props: { readonly settings: Settings; readonly receiver: Receiver }) {
    super(scope, id);
    const { settings, receiver } = props;
    const { url } = receiver.lambda.addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
    const parts = Fn.split('/', url);
    this.origin = Fn.join('//', [Fn.select(0, parts), Fn.select(2, parts)]);
    this.clientErrors = receiver.lambda.metric('Url4xxCount', { statistic: Stats.SUM });
    this.serverErrors = receiver.lambda.metric('Url5xxCount', { statistic: Stats.SUM });
    this.unloggedFunction = receiver.lambda.functionName;
    new WebhookMetrics(this, 'Metrics', {
      log: receiver.log,
      fields: { path: '$.path', status: '$.status' },
      paths: webhookPaths(settings),
      namespace: doorMetricsNamespace(settings),
    });
  }
}
