import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { envNames, metricNames, metricsNamespace } from '../../functions/record-events/env.ts';
import { acknowledge, allObjectsFinding } from '../acknowledge.ts';
import type { RecorderSettings, Settings } from '../settings.ts';
import { deliveriesPrefix, payloadsPrefix } from './bodies-bucket.ts';
import type { DeliveryQueue } from './delivery-queue.ts';
import type { EventTables } from './event-tables.ts';
import { GaplessFunction } from './gapless-function.ts';

const timeout = Duration.seconds(60);

/** Six times the function's timeout and the window, as the Lambda guide on SQS asks, so that no try overlaps the next. */
export function recorderVisibilityTimeout({ batchWindowSeconds }: RecorderSettings): Duration {
  return Duration.seconds(6 * timeout.toSeconds() + batchWindowSeconds);
}

export interface RecorderProps {
  readonly settings: Settings;
  readonly codeDir: string;
  readonly deliveries: DeliveryQueue;
  readonly tables: EventTables;
  readonly bodies: Bucket;
}

/** Turns queued deliveries into stored events. */
export class Recorder extends GaplessFunction {
  /** Deliveries that went back to the queue, as the function itself counts them. */
  readonly retried: Metric;

  constructor(scope: Construct, id: string, props: RecorderProps) {
    const { settings, codeDir, deliveries, tables, bodies } = props;
    const serviceName = `${settings.stackName}-record-events`;
    super(scope, id, {
      settings,
      codeDir,
      description: 'Splits deliveries into events and stores each once',
      memoryMb: 512,
      timeout,
      environment: {
        [envNames.deadLetterQueueUrl]: deliveries.deadLetters.queueUrl,
        [envNames.eventsTable]: tables.events.tableName,
        [envNames.carriedPostsTable]: tables.carriedPosts.tableName,
        [envNames.ledgerTable]: tables.ledger.tableName,
        [envNames.bodiesBucket]: bodies.bucketName,
        [envNames.ledgerRetentionDays]: String(settings.ledgerRetentionDays),
        [envNames.payloadEncoding]: settings.payloadEncoding,
        [envNames.logLevel]: settings.logLevel,
        [envNames.serviceName]: serviceName,
      },
      permissions: permissionsOf(deliveries, tables, bodies),
    });
    this.retried = new Metric({
      namespace: metricsNamespace,
      metricName: metricNames.failures,
      dimensionsMap: { service: serviceName },
      statistic: Stats.SUM,
    });
    acknowledge(this.role, {
      [allObjectsFinding(bodies, deliveriesPrefix)]: 'It reads back whichever delivery was too large for SQS.',
      [allObjectsFinding(bodies, payloadsPrefix)]:
        'A payload too large for DynamoDB lies under a key made from its event.',
    });
    const source = new EventSourceMapping(this, 'Source', {
      target: this.lambda,
      eventSourceArn: deliveries.queue.queueArn,
      batchSize: settings.recorder.batchSize,
      maxBatchingWindow: Duration.seconds(settings.recorder.batchWindowSeconds),
      maxConcurrency: settings.recorder.maxConcurrency,
      reportBatchItemFailures: true,
    });
    acknowledge(source, {
      'Serverless-LambdaEventSourceMappingDestination':
        "SQS sources have no such destination: what fails goes back to the queue, and by the queue's redrive policy on.",
    });
  }
}

function permissionsOf(deliveries: DeliveryQueue, tables: EventTables, bodies: Bucket): readonly PolicyStatement[] {
  const allow = (resource: string, ...actions: readonly string[]) =>
    new PolicyStatement({ actions: [...actions], resources: [resource] });
  return [
    allow(deliveries.queue.queueArn, 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'),
    allow(deliveries.deadLetters.queueArn, 'sqs:SendMessage'),
    allow(tables.events.tableArn, 'dynamodb:PutItem'),
    allow(tables.carriedPosts.tableArn, 'dynamodb:PutItem'),
    allow(tables.ledger.tableArn, 'dynamodb:UpdateItem'),
    allow(bodies.arnForObjects(`${deliveriesPrefix}*`), 's3:GetObject'),
    allow(bodies.arnForObjects(`${payloadsPrefix}*`), 's3:PutObject'),
    // Without it S3 answers 403 for a missing object, and a lost claim check would look like a missing permission.
    allow(bodies.bucketArn, 's3:ListBucket'),
  ];
}
