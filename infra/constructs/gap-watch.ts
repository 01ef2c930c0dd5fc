import { Duration, Stack } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { envNames, metricNames, metricsNamespace } from '../../functions/watch-gaps/env.ts';
import { acknowledge } from '../acknowledge.ts';
import type { Settings } from '../settings.ts';
import type { AppSecrets } from './app-secrets.ts';
import { ScheduledFunction } from './scheduled-function.ts';
import { doorMetricsNamespace, type WebhookDoor, webhookUrls } from './webhook-door.ts';

export interface GapWatchProps {
  readonly settings: Settings;
  readonly codeDir: string;
  readonly secrets: AppSecrets;
  readonly ledger: TableV2;
  readonly queue: IQueue;
  readonly webhook: WebhookDoor;
}

const noDeadLetters =
  'A tick that fails is made up for by the next, a minute later; a queue of old ticks would serve nobody. ' +
  'Ticks that fail or do not run raise the alarm WatchFails.';

const anyMetric =
  'cloudwatch:GetMetricData knows no resources (service authorization reference), and it only reads metrics.';

/** Looks for gaps every minute, for every app, and has X replay them. */
export class GapWatch extends ScheduledFunction {
  constructor(scope: Construct, id: string, { settings, codeDir, secrets, ledger, queue, webhook }: GapWatchProps) {
    const serviceName = `${settings.stackName}-watch-gaps`;
    const json = (record: Readonly<Record<string, string>>) => Stack.of(scope).toJsonString(record);
    super(scope, id, {
      settings,
      codeDir,
      description: 'Finds gaps, has X replay them and proves that they are healed',
      memoryMb: 256,
      timeout: Duration.seconds(50),
      environment: {
        [envNames.webhookUrls]: json(webhookUrls(settings, webhook)),
        [envNames.apiTokenSecretArns]: json(secrets.apiTokens),
        [envNames.secretArns]: json(secrets.signatures),
        [envNames.ledgerTable]: ledger.tableName,
        [envNames.ledgerRetentionDays]: String(settings.ledgerRetentionDays),
        [envNames.queueName]: queue.queueName,
        [envNames.metricsNamespace]: doorMetricsNamespace(settings),
        ...(webhook.unloggedFunction && { [envNames.unloggedFunction]: webhook.unloggedFunction }),
        [envNames.xApiBaseUrl]: 'https://api.x.com',
        [envNames.replayHorizonHours]: String(settings.replay.horizonHours),
        [envNames.replayFromEmbargoMinutes]: String(settings.replay.fromEmbargoMinutes),
        [envNames.replayToEmbargoMinutes]: String(settings.replay.toEmbargoMinutes),
        [envNames.heartbeatWindowSeconds]: '15',
        ...(settings.stream === 'on' ? { [envNames.stream]: 'on' } : {}),
        [envNames.logLevel]: settings.logLevel,
        [envNames.serviceName]: serviceName,
      },
      permissions: [
        new PolicyStatement({
          actions: ['Query', 'GetItem', 'PutItem', 'DeleteItem', 'ConditionCheckItem'].map(
            (name) => `dynamodb:${name}`,
          ),
          resources: [ledger.tableArn],
        }),
        new PolicyStatement({
          actions: ['secretsmanager:GetSecretValue'],
          resources: Object.values(secrets.apiTokens),
        }),
        // When a signing secret was changed, and nothing of what it says.
        new PolicyStatement({
          actions: ['secretsmanager:DescribeSecret'],
          resources: Object.values(secrets.signatures),
        }),
        new PolicyStatement({ actions: ['cloudwatch:GetMetricData'], resources: ['*'] }),
      ],
      noDeadLetters,
      serviceName,
    });
    acknowledge(this.role, {
      'AwsSolutions-IAM5[Resource::*]': anyMetric,
      'Serverless-LambdaStarPermissions': anyMetric,
    });
    this.callEveryMinute('EveryMinute');
  }

  /** A metric of its ticks. */
  metric(name: keyof typeof metricNames, statistic: string): Metric {
    return this.metricOf(metricsNamespace, metricNames[name], statistic);
  }
}
