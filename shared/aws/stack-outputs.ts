import { minuteMs } from '../domain/gaps/interval.ts';
import { defaultReplayRules, type ReplayRules } from '../domain/gaps/replay-rules.ts';
import { member } from '../domain/json.ts';
import { defaultReaderMemoryMb } from '../domain/stream/monthly-cost.ts';
import { GaplessError } from '../errors.ts';

/** Where a stack's parts are: the outputs of its CloudFormation template, typed. */
export interface StackOutputs {
  /** Address of the default app; another app's is below it. */
  readonly webhookUrl: string;
  readonly eventsTable: string;
  readonly carriedPostsTable: string;
  readonly ledgerTable: string;
  readonly deliveriesQueueUrl: string;
  readonly deadLetterQueueUrl: string;
  readonly bodiesBucket: string;
  /** App → ARN of the secret that holds its signing secrets. */
  readonly appSecretArns: Readonly<Record<string, string>>;
  /** App → ARN of the secret that holds its credentials for X's API. */
  readonly apiTokenSecretArns: Readonly<Record<string, string>>;
  /** As the watcher was deployed with. */
  readonly replayRules: ReplayRules;
  /** Whether the stack reads X's stream, too. */
  readonly stream: boolean;
  /** Of the function that reads it. */
  readonly streamMemoryMb: number;
}

/** `stack` names the stack in the error `STACK_INCOMPLETE`, thrown where an output is absent or malformed. */
export function parseStackOutputs(outputs: Readonly<Record<string, unknown>>, stack: string): StackOutputs {
  const text = (name: string): string => {
    const value = outputs[name];
    if (typeof value === 'string' && value !== '') return value;
    throw incomplete(stack, name);
  };
  const arns = (name: string) => parseArns(text(name)) ?? fail(incomplete(stack, name));
  return {
    webhookUrl: text('WebhookUrl'),
    eventsTable: text('EventsTableName'),
    carriedPostsTable: text('CarriedPostsTableName'),
    ledgerTable: text('LedgerTableName'),
    deliveriesQueueUrl: text('DeliveriesQueueUrl'),
    deadLetterQueueUrl: text('DeadLetterQueueUrl'),
    bodiesBucket: text('BodiesBucketName'),
    appSecretArns: arns('AppSecretArns'),
    apiTokenSecretArns: arns('ApiTokenSecretArns'),
    replayRules: parseReplayRules(outputs.ReplayLimits) ?? fail(incomplete(stack, 'ReplayLimits')),
    stream: outputs.Stream === 'on',
    streamMemoryMb: parseMegabytes(outputs.StreamMemoryMb) ?? fail(incomplete(stack, 'StreamMemoryMb')),
  };
}

/** A stack without it was deployed with the default. */
function parseMegabytes(value: unknown = defaultReaderMemoryMb): number | undefined {
  const megabytes = Number(value);
  return megabytes > 0 ? megabytes : undefined;
}

/** JSON with `horizonHours`, `fromEmbargoMinutes` and `toEmbargoMinutes`. A stack without it was deployed with the defaults. */
function parseReplayRules(limits: unknown): ReplayRules | undefined {
  if (limits === undefined) return defaultReplayRules;
  const parsed = typeof limits === 'string' ? parseJson(limits) : undefined;
  const [hours, fromMinutes, toMinutes] = ['horizonHours', 'fromEmbargoMinutes', 'toEmbargoMinutes'].map((name) =>
    member(parsed, name),
  );
  if (typeof hours !== 'number' || typeof fromMinutes !== 'number' || typeof toMinutes !== 'number') return undefined;
  return {
    ...defaultReplayRules,
    horizonMs: hours * 60 * minuteMs,
    fromEmbargoMs: fromMinutes * minuteMs,
    toEmbargoMs: toMinutes * minuteMs,
  };
}

function parseArns(text: string): Record<string, string> | undefined {
  const parsed = parseJson(text);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  const arns: Record<string, string> = Object.create(null);
  for (const [app, arn] of Object.entries(parsed)) {
    if (typeof arn !== 'string') return undefined;
    arns[app] = arn;
  }
  return arns;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const incomplete = (stack: string, output: string) =>
  new GaplessError(
    'STACK_INCOMPLETE',
    `${stack} has no usable output ${output}: it is not a Gapless stack, or one of another version. Name the right one with --stack, or deploy this version.`,
  );

function fail(error: Error): never {
  throw error;
}
