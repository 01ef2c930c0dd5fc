import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import { deadLetterRetention, deliveryRetention } from './delivery-queue.ts';

/** What is too large for SQS waits under `deliveries/`; what is too large for DynamoDB stays under `payloads/`. */
export const deliveriesPrefix = 'deliveries/';
export const payloadsPrefix = 'payloads/';

/** A delivery can still be read on the last day of the dead-letter queue: both retentions, and three days of slack. */
const claimCheckLife = deliveryRetention.plus(deadLetterRetention).plus(Duration.days(3));

export class BodiesBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bodies', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy: RemovalPolicy.RETAIN,
      // What is deleted by mistake can be brought back, as from the tables.
      versioned: true,
      lifecycleRules: [
        {
          prefix: deliveriesPrefix,
          expiration: claimCheckLife,
          noncurrentVersionExpiration: Duration.days(1),
        },
        // As long as the tables' point-in-time recovery reaches back.
        { prefix: payloadsPrefix, noncurrentVersionExpiration: Duration.days(35) },
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
    acknowledge(this.bucket, {
      'AwsSolutions-S1':
        'Only the two functions reach this bucket, under keys that each say which delivery or event they belong to; ' +
        'access logs would cost a second bucket that nobody reads. CloudTrail data events serve where they are wanted.',
    });
  }
}
