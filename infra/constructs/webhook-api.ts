import { Aws, Fn, RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { type Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import type { Settings } from '../settings.ts';
import { CustomDomainName } from './custom-domain-name.ts';
import type { Receiver } from './receiver.ts';
import { doorMetricsNamespace, type WebhookDoor, webhookPaths } from './webhook-door.ts';
import { WebhookMetrics } from './webhook-metrics.ts';

/** No query string in it: it holds CRC tokens, and whoever reads the log must not be able to ask the same again. */
const accessLogFields = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  ip: '$context.identity.sourceIp',
  userAgent: '$context.identity.userAgent',
  method: '$context.httpMethod',
  path: '$context.path',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  integrationError: '$context.integrationErrorMessage',
};

/** The door to the internet: an HTTP API that hands every request for a webhook to the receiver. */
export class WebhookApi extends Construct implements WebhookDoor {
  readonly origin: string;
  readonly clientErrors: Metric;
  readonly serverErrors: Metric;

  constructor(scope: Construct, id: string, props: { readonly settings: Settings; readonly receiver: Receiver }) {
    super(scope, id);
    const { settings, receiver } = props;
    const domain = settings.customDomain && new CustomDomainName(this, 'Domain', settings.customDomain);
    const api = new HttpApi(this, 'Api', {
      apiName: settings.stackName,
      createDefaultStage: false,
      disableExecuteApiEndpoint: domain !== undefined,
    });
    const accessLog = new LogGroup(this, 'AccessLog', {
      logGroupName: accessLogName(),
      retention: settings.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new HttpStage(this, 'Stage', {
      httpApi: api,
      autoDeploy: true,
      throttle: { rateLimit: settings.throttle.rate, burstLimit: settings.throttle.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLog),
        format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
      },
      ...(domain && { domainMapping: { domainName: domain.domainName } }),
    });
    const integration = new HttpLambdaIntegration('Receiver', receiver.lambda);
    for (const path of ['/webhooks/x', '/webhooks/x/{app}']) {
      for (const route of api.addRoutes({ path, methods: [HttpMethod.ANY], integration })) {
        acknowledge(route, {
          'AwsSolutions-APIG4': "X cannot log in: the signature over a delivery's bytes is its authorisation.",
        });
      }
    }
    this.origin = domain ? `https://${domain.host}` : api.apiEndpoint;
    this.clientErrors = api.metricClientError({ statistic: Stats.SUM });
    this.serverErrors = api.metricServerError({ statistic: Stats.SUM });
    new WebhookMetrics(this, 'Metrics', {
      log: accessLog,
      fields: { method: '$.method', path: '$.path', status: '$.status' },
      paths: webhookPaths(settings),
      namespace: doorMetricsNamespace(settings),
    });
  }
}

/**
 * API Gateway adds each log group to one policy of the account, which has 5,120 characters; only names that start like
 * this take no room (CloudWatch Logs guide, "Logs sent to CloudWatch Logs"). The stack's own UUID makes it unique.
 */
function accessLogName(): string {
  return Fn.join('/', ['/aws/vendedlogs/gapless', Aws.STACK_NAME, Fn.select(2, Fn.split('/', Aws.STACK_ID))]);
}
