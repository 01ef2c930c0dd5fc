import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Subscription, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import { runbookLink } from './runbook-link.ts';

export interface AlarmSpec {
  readonly metric: Metric;
  /** It rings at this value and above. */
  readonly atLeast: number;
  /** Minutes that one value spans. */
  readonly everyMinutes: number;
  /** Values in a row; default 1. */
  readonly times?: number;
  /** No value at all rings too: whoever measures it has stopped. */
  readonly missingIsBad?: true;
  /** One sentence on what the person who is woken stands to lose. */
  readonly impact: string;
}

/** Every alarm of the stack is made here: it says what is at stake, points into the runbook and reaches the same topic. */
export class Alarms extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, props: { readonly email?: string }) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { enforceSSL: true });
    // A topic with a policy of its own loses the default one, by which alarms of the account may publish.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    if (props.email === undefined) return;
    const subscription = new Subscription(this, 'Email', {
      topic: this.topic,
      protocol: SubscriptionProtocol.EMAIL,
      endpoint: props.email,
    });
    acknowledge(subscription, {
      'Serverless-SNSRedrivePolicy':
        'SNS redelivers e-mail by itself and cannot tell that a mailbox lost it; the alarm stays red in the console.',
    });
  }

  /** `name` in PascalCase: docs/runbook.md has a heading of the same words. */
  add(name: string, { metric, atLeast, everyMinutes, times = 1, missingIsBad, impact }: AlarmSpec): void {
    const alarm = new Alarm(this, name, {
      alarmDescription: `${impact} What to do: ${runbookLink(name)}`,
      metric: metric.with({ period: Duration.minutes(everyMinutes) }),
      threshold: atLeast,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: times,
      treatMissingData: missingIsBad ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    const action = new SnsAction(this.topic);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
  }
}
