import { join } from 'node:path';
import type { StackOutputs } from '../../shared/aws/stack-outputs.ts';
import { GaplessError } from '../../shared/errors.ts';
import type { Clock } from '../../shared/ports.ts';
import type { OptionSpecs } from '../framework/command.ts';
import type { Terminal } from '../framework/terminal.ts';
import { findLocalStack, withParents } from './local-stack.ts';

/** What an SDK client needs to know beyond the standard environment variables: nothing for a deployed stack. */
export interface ClientSettings {
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** The stack that a command speaks to. */
export interface Target {
  readonly name: string;
  /** How it was asked for. */
  readonly choice: TargetChoice;
  readonly outputs: StackOutputs;
  /** What `now` is there: a local stack may run faster than the machine's time. */
  readonly clock: Clock;
  /** X's API, without a slash at its end: `X_API_BASE_URL` moves it for a deployed stack. */
  readonly xApiUrl: string;
  readonly clients: {
    readonly dynamodb: ClientSettings;
    readonly sqs: ClientSettings;
    readonly secretsManager: ClientSettings;
    readonly s3: ClientSettings & { readonly forcePathStyle?: boolean };
  };
  /** Where CloudWatch has the webhook's own counts. Absent: this stack has none. */
  readonly metrics?: { readonly client: ClientSettings; readonly namespace: string };
  /** On this machine counts are exact and there at once; on AWS neither. */
  readonly isLocal: boolean;
}

export const targetOptions = {
  local: { type: 'boolean', summary: 'the stack that npm start runs on this machine' },
  stack: {
    type: 'string',
    value: 'NAME',
    summary: 'the deployed stack (default: Gapless), by AWS credentials and region',
  },
} as const satisfies OptionSpecs;

export interface TargetChoice {
  readonly local?: boolean | undefined;
  readonly stack?: string | undefined;
}

const projectRoot = join(import.meta.dirname, '..', '..');

/** Throws a `GaplessError` that says what to do when the stack cannot be found. */
export async function resolveTarget({ local, stack }: TargetChoice, terminal: Terminal): Promise<Target> {
  if (local && stack !== undefined) throw new GaplessError('USAGE', '--local and --stack name two stacks; give one');
  return local ? localTarget([...withParents(terminal.directory), projectRoot]) : deployedTarget(stack, terminal);
}

async function localTarget(directories: readonly string[]): Promise<Target> {
  const { outputs, endpoints, clock, xApiUrl, file, metrics } = await findLocalStack(directories);
  return {
    name: `the local stack of ${file}`,
    choice: { local: true },
    outputs,
    clock,
    xApiUrl,
    clients: {
      dynamodb: localClient(endpoints.dynamodb),
      sqs: localClient(endpoints.sqs),
      // A local server has no host name per bucket.
      s3: { ...localClient(endpoints.s3), forcePathStyle: true },
      secretsManager: localClient(endpoints.secretsManager),
    },
    ...(metrics && { metrics: { client: localClient(metrics.endpoint), namespace: metrics.namespace } }),
    isLocal: true,
  };
}

/** The local servers ask for credentials and look at none. */
const localClient = (endpoint: string): ClientSettings => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

async function deployedTarget(chosen: string | undefined, { clock, env }: Terminal): Promise<Target> {
  // Loaded only now: the SDK takes longer to load than the rest of the program.
  const { describeStack } = await import('../../shared/aws/describe-stack.ts');
  const stack = chosen ?? 'Gapless';
  const clients = { dynamodb: {}, sqs: {}, s3: {}, secretsManager: {} };
  const xApiUrl = (env.X_API_BASE_URL || 'https://api.x.com').replace(/\/+$/, '');
  const metrics = { client: {}, namespace: `Gapless/${stack}` };
  return {
    name: `stack ${stack}`,
    choice: { stack: chosen },
    outputs: await describeStack(stack),
    clock,
    xApiUrl,
    clients,
    metrics,
    isLocal: false,
  };
}
