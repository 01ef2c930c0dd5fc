import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import type { Settings } from '../settings.ts';

export interface GaplessFunctionProps {
  readonly settings: Settings;
  readonly description: string;
  /** Folder of its bundle. */
  readonly codeDir: string;
  readonly memoryMb: number;
  readonly timeout: Duration;
  /** Invocations at once that are kept for it, and that it never exceeds; default: what the account has left. */
  readonly reservedConcurrency?: number;
  readonly environment: Readonly<Record<string, string>>;
  /** All that it may do, writing its own log apart. */
  readonly permissions: readonly PolicyStatement[];
  /** Why a function that is invoked asynchronously needs no dead-letter queue. */
  readonly noDeadLetters?: string;
}

/** A function with a role and a log group of its own, so that neither can be used for another's ends. */
export class GaplessFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly role: Role;
  readonly log: LogGroup;

  constructor(scope: Construct, id: string, props: GaplessFunctionProps) {
    super(scope, id);
    this.log = new LogGroup(this, 'Log', {
      retention: props.settings.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const writeLog = new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [this.log.logGroupArn],
    });
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { Permissions: new PolicyDocument({ statements: [writeLog, ...props.permissions] }) },
    });
    this.lambda = new LambdaFunction(this, 'Function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(props.codeDir),
      memorySize: props.memoryMb,
      timeout: props.timeout,
      ...(props.reservedConcurrency && { reservedConcurrentExecutions: props.reservedConcurrency }),
      role: this.role.withoutPolicyUpdates(),
      logGroup: this.log,
      loggingFormat: LoggingFormat.JSON,
      // Lambda takes a line without a level, as metrics are, for INFO: a higher level here would drop the metrics.
      // The logger itself keeps to the chosen level.
      applicationLogLevelV2: props.settings.logLevel === 'DEBUG' ? ApplicationLogLevel.DEBUG : ApplicationLogLevel.INFO,
      systemLogLevelV2: SystemLogLevel.WARN,
      environment: { ...props.environment },
    });
    acknowledge(this.lambda, { ...functionReasons, 'Serverless-LambdaDLQ': props.noDeadLetters ?? synchronous });
  }
}

const functionReasons = {
  'Serverless-LambdaTracing':
    'X-Ray would cost more than the function itself. The trace id of a request travels with its delivery into the logs.',
};

const synchronous =
  'A dead-letter queue of a function serves asynchronous invocation only. This one is invoked synchronously.';
