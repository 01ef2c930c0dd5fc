import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import { GaplessFunction, type GaplessFunctionProps } from './gapless-function.ts';

export interface ScheduledFunctionProps extends GaplessFunctionProps {
  /** Why a tick that fails needs no dead-letter queue. */
  readonly noDeadLetters: string;
  /** The dimension of its metrics. */
  readonly serviceName: string;
}

/** Between two ticks. */
const every = Duration.minutes(1);

/** A function that is called every minute, and each time once: a tick that failed is made up for by the next. */
export class ScheduledFunction extends GaplessFunction {
  readonly #noDeadLetters: string;
  readonly #serviceName: string;

  constructor(scope: Construct, id: string, props: ScheduledFunctionProps) {
    super(scope, id, props);
    this.#noDeadLetters = props.noDeadLetters;
    this.#serviceName = props.serviceName;
    // Lambda itself would try twice more, minutes later.
    this.lambda.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: every });
    acknowledge(this.lambda.node.findChild('EventInvokeConfig'), {
      'Serverless-LambdaAsyncFailureDestination': props.noDeadLetters,
    });
  }

  /** A metric of its ticks. */
  protected metricOf(namespace: string, metricName: string, statistic: string): Metric {
    return new Metric({ namespace, metricName, dimensionsMap: { service: this.#serviceName }, statistic });
  }

  /** `input`: the tick's event; EventBridge's own without it. */
  protected callEveryMinute(id: string, input?: Readonly<Record<string, string>>): void {
    const event = input && { event: RuleTargetInput.fromObject(input) };
    const rule = new Rule(this, id, {
      schedule: Schedule.rate(every),
      targets: [new LambdaFunction(this.lambda, { ...event, retryAttempts: 0, maxEventAge: every })],
    });
    acknowledge(rule, { 'Serverless-EventBusDLQ': this.#noDeadLetters });
  }
}
