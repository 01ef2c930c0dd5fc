import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { envNames } from '../../functions/receive-webhook/env.ts';
import { acknowledge, allObjectsFinding } from '../acknowledge.ts';
import type { Settings } from '../settings.ts';
import { deliveriesPrefix } from './bodies-bucket.ts';
import { GaplessFunction } from './gapless-function.ts';

export interface ReceiverProps {
  readonly settings: Settings;
  readonly codeDir: string;
  /** App → ARN of what proves its deliveries. */
  readonly signatures: Readonly<Record<string, string>>;
  readonly queue: IQueue;
  readonly bodies: Bucket;
}

/** Answers the CRC and takes deliveries. It can send and put, and read back nothing but its secrets. */
export class Receiver extends GaplessFunction {
  constructor(scope: Construct, id: string, { settings, codeDir, signatures, queue, bodies }: ReceiverProps) {
    super(scope, id, {
      settings,
      codeDir,
      description: "Answers X's CRC, proves deliveries and queues them",
      memoryMb: 256,
      // X gives up after 10 s; what runs longer works for nobody.
      timeout: Duration.seconds(10),
      ...(settings.receiverConcurrency && { reservedConcurrency: settings.receiverConcurrency }),
      environment: {
        [envNames.secretArns]: Stack.of(scope).toJsonString(signatures),
        [envNames.queueUrl]: queue.queueUrl,
        [envNames.bodiesBucket]: bodies.bucketName,
        [envNames.answerLog]: settings.frontDoor === 'function-url' ? 'each' : 'none',
        [envNames.logLevel]: settings.logLevel,
        [envNames.serviceName]: `${settings.stackName}-receive-webhook`,
      },
      permissions: [
        new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: Object.values(signatures) }),
        new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn] }),
        new PolicyStatement({ actions: ['s3:PutObject'], resources: [bodies.arnForObjects(`${deliveriesPrefix}*`)] }),
      ],
    });
    acknowledge(this.role, {
      [allObjectsFinding(bodies, deliveriesPrefix)]:
        'Every delivery that is too large for SQS gets a key of its own under this prefix; no other can be named beforehand.',
    });
  }
}
