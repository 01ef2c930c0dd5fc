import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import type { DeliveryQueue } from './delivery-queue.ts';
import { addGapAlarms } from './gap-alarms.ts';
import type { GapWatch } from './gap-watch.ts';
import type { Receiver } from './receiver.ts';
import type { Recorder } from './recorder.ts';
import type { WebhookDoor } from './webhook-door.ts';

export interface StackAlarmsProps {
  readonly email?: string;
  readonly webhook: WebhookDoor;
  readonly receiver: Receiver;
  readonly recorder: Recorder;
  readonly deliveries: DeliveryQueue;
  readonly watch: GapWatch;
}

/** What a person has to know of, in the order in which an event passes. */
export class StackAlarms extends Alarms {
  constructor(
    scope: Construct,
    id: string,
    { email, webhook, receiver, recorder, deliveries, watch }: StackAlarmsProps,
  ) {
    super(scope, id, email === undefined ? {} : { email });

    this.add('RequestsRefused', {
      metric: webhook.clientErrors,
      atLeast: 1000,
      everyMinutes: 5,
      times: 3,
      impact: "Either a stranger floods the webhook, or the app's secret is wrong and X's deliveries are turned away.",
    });
    this.add('DeliveriesNotAccepted', {
      metric: webhook.serverErrors,
      atLeast: 1,
      everyMinutes: 5,
      impact: 'X was told to come again; it tries three times within five minutes, and what fails then is a gap.',
    });
    this.add('ReceiverFails', {
      metric: receiver.lambda.metricErrors({ statistic: Stats.SUM }),
      atLeast: 1,
      everyMinutes: 5,
      impact:
        'The receiver crashed or ran out of time, so X got no answer to a delivery or to its check of the webhook.',
    });
    this.add('ReceiverThrottled', {
      metric: receiver.lambda.metricThrottles({ statistic: Stats.SUM }),
      atLeast: 1,
      everyMinutes: 5,
      impact:
        "The account's Lambda concurrency, or the receiver's own, is used up: deliveries are turned away before any code of ours runs.",
    });
    this.add('DeliveriesDelayed', {
      metric: deliveries.queue.metricApproximateAgeOfOldestMessage({ statistic: Stats.MAXIMUM }),
      atLeast: 15 * 60,
      everyMinutes: 5,
      impact: 'Accepted deliveries wait longer than 15 minutes; nothing is lost until they are four days old.',
    });
    this.add('RecorderFails', {
      metric: recorder.lambda.metricErrors({ statistic: Stats.SUM }),
      atLeast: 1,
      everyMinutes: 5,
      times: 3,
      impact: 'The recorder keeps crashing or running out of time; its deliveries go back to the queue and are late.',
    });
    this.add('RecordsKeepFailing', {
      metric: recorder.retried,
      atLeast: 1,
      everyMinutes: 10,
      times: 2,
      impact: 'Single deliveries go back to the queue again and again; they are late, and may end as dead letters.',
    });
    this.add('DeadLettersWaiting', {
      metric: deliveries.deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM }),
      atLeast: 1,
      everyMinutes: 1,
      impact: 'A delivery that X was told is safe could not be stored, and is gone for good after 14 days.',
    });
    addGapAlarms(this, watch);
  }
}
