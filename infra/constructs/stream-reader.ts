import { Duration, Stack } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { envNames, metricNames, metricsNamespace } from '../../functions/read-stream/env.ts';
import { acknowledge, allObjectsFinding } from '../acknowledge.ts';
import type { Settings } from '../settings.ts';
import { deliveriesPrefix } from './bodies-bucket.ts';
import { ScheduledFunction } from './scheduled-function.ts';

export interface StreamReaderProps {
  readonly settings: Settings;
  readonly codeDir: string;
  /** App → ARN of its tokens for X's API. */
  readonly apiTokens: Readonly<Record<string, string>>;
  readonly ledger: TableV2;
  readonly queue: IQueue;
  readonly bodies: Bucket;
}

const noDeadLetters =
  'A tick that fails is made up for by the next, a minute later, and one that came late would be a third connection. ' +
  'Ticks that fail or do not run raise the alarm StreamBehind.';

/** Reads X's activity stream, for every app: each minute a tick sees to it that somebody does. */
export class StreamReader extends ScheduledFunction {
  constructor(scope: Construct, id: string, props: StreamReaderProps) {
    const { settings, codeDir, apiTokens, ledger, queue, bodies } = props;
    const serviceName = `${settings.stackName}-read-stream`;
    const allow = (resources: readonly string[], ...actions: readonly string[]) =>
      new PolicyStatement({ actions: [...actions], resources: [...resources] });
    super(scope, id, {
      settings,
      codeDir,
      description: 'Reads X’s activity stream and queues its lines',
      memoryMb: settings.streamMemoryMb,
      // The longest that Lambda has. A reader means to live for twelve minutes of it.
      timeout: Duration.minutes(15),
      environment: {
        [envNames.apiTokenSecretArns]: Stack.of(scope).toJsonString(apiTokens),
        [envNames.queueUrl]: queue.queueUrl,
        [envNames.bodiesBucket]: bodies.bucketName,
        [envNames.ledgerTable]: ledger.tableName,
        [envNames.ledgerRetentionDays]: String(settings.ledgerRetentionDays),
        [envNames.xApiBaseUrl]: 'https://api.x.com',
        [envNames.sessionSeconds]: '720',
        [envNames.silenceSeconds]: '20',
        [envNames.leaseSeconds]: '45',
        [envNames.logLevel]: settings.logLevel,
        [envNames.serviceName]: serviceName,
      },
      permissions: [
        allow(Object.values(apiTokens), 'secretsmanager:GetSecretValue'),
        allow([ledger.tableArn], 'dynamodb:Query', 'dynamodb:PutItem'),
        allow([queue.queueArn], 'sqs:SendMessage'),
        allow([bodies.arnForObjects(`${deliveriesPrefix}*`)], 's3:PutObject'),
      ],
      noDeadLetters,
      serviceName,
    });
    acknowledge(this.role, {
      [allObjectsFinding(bodies, deliveriesPrefix)]:
        'Every line that is too large for SQS gets a key of its own under this prefix; no other can be named beforehand.',
    });
    for (const app of settings.apps) this.callEveryMinute(`EveryMinute-${app}`, { app });
  }

  /** A metric of its readers. */
  metric(name: keyof typeof metricNames, statistic: string): Metric {
    return this.metricOf(metricsNamespace, metricNames[name], statistic);
  }
}
