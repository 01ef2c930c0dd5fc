import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';

/** How long the queue keeps a delivery, and the dead-letter queue one that was given up. SQS allows 14 days at most. */
export const deliveryRetention = Duration.days(4);
export const deadLetterRetention = Duration.days(14);

/** An outage of the table shorter than this moves no good delivery to the dead-letter queue. */
const patience = Duration.hours(24);

/** Accepted deliveries on their way to the recorder, and those that were given up. */
export class DeliveryQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  /** `visibilityTimeout`: how long one try may take. */
  constructor(scope: Construct, id: string, props: { readonly visibilityTimeout: Duration }) {
    super(scope, id);
    const protection = {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // X was told that these are safe, so they outlive even the stack.
      removalPolicy: RemovalPolicy.RETAIN,
    };
    this.deadLetters = new Queue(this, 'DeadLetters', { ...protection, retentionPeriod: deadLetterRetention });
    acknowledge(this.deadLetters, {
      'Serverless-SQSRedrivePolicy': 'It is the dead-letter queue itself: what lies here waits for a person.',
    });
    this.queue = new Queue(this, 'Deliveries', {
      ...protection,
      retentionPeriod: deliveryRetention,
      visibilityTimeout: props.visibilityTimeout,
      deadLetterQueue: {
        queue: this.deadLetters,
        maxReceiveCount: Math.ceil(patience.toSeconds() / props.visibilityTimeout.toSeconds()),
      },
    });
  }
}
