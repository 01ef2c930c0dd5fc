import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseStackOutputs, type StackOutputs } from '../../shared/aws/stack-outputs.ts';
import { GaplessError } from '../../shared/errors.ts';
import type { Clock } from '../../shared/ports.ts';

/** What the running local stack tells about itself in `.gapless/local.json`. */
export interface LocalStack {
  readonly file: string;
  readonly outputs: StackOutputs;
  /** The clock that everything of the local stack follows. */
  readonly clock: Clock;
  /** The X that the stack speaks to: the emulator, as a rule. */
  readonly xApiUrl: string;
  readonly endpoints: Readonly<Record<'dynamodb' | 'sqs' | 's3' | 'secretsManager', string>>;
  /** The stack's metrics. Absent when it plays no CloudWatch. */
  readonly metrics?: { readonly endpoint: string; readonly namespace: string };
}

/** The directory and everything above it, nearest first: where a project's root may be. */
export function withParents(directory: string): readonly string[] {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...withParents(parent)];
}

/** Looks in the directories in turn. Throws `LOCAL_STACK_NOT_RUNNING` when none of them has a stack that runs. */
export async function findLocalStack(directories: readonly string[]): Promise<LocalStack> {
  for (const directory of directories) {
    const file = join(directory, '.gapless', 'local.json');
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text !== undefined) return parseLocalStack(file, text);
  }
  throw notRunning(
    `there is no .gapless/local.json in ${directories[0] ?? 'this directory'}, above it or in the project`,
  );
}

function parseLocalStack(file: string, text: string): LocalStack {
  const found = parseRecord(text);
  if (found === undefined || !isRecord(found.outputs)) throw notRunning(`${file} is not complete`);
  if (typeof found.pid === 'number' && !isAlive(found.pid)) {
    throw notRunning(`${file} was left by process ${found.pid}, which is gone`);
  }
  const endpoint = (name: string): string => {
    const value = found[name];
    if (typeof value !== 'string') throw notRunning(`${file} has no ${name}`);
    return value;
  };
  return {
    file,
    outputs: parseStackOutputs(found.outputs, `The local stack of ${file}`),
    clock: parseClock(found.clock),
    xApiUrl: endpoint('xApiUrl'),
    endpoints: {
      dynamodb: endpoint('dynamodbEndpoint'),
      sqs: endpoint('sqsEndpoint'),
      s3: endpoint('s3Endpoint'),
      secretsManager: endpoint('secretsManagerEndpoint'),
    },
    ...parseMetrics(found),
  };
}

function parseMetrics({ cloudwatchEndpoint, metricsNamespace }: Readonly<Record<string, unknown>>) {
  if (typeof cloudwatchEndpoint !== 'string') return {};
  const namespace = typeof metricsNamespace === 'string' ? metricsNamespace : 'Gapless/Gapless';
  return { metrics: { endpoint: cloudwatchEndpoint, namespace } };
}

/** A straight line: at the real instant `realAt` it is `localAt`, and from there it runs `speed` times as fast. */
function parseClock(clock: unknown): Clock {
  if (!isRecord(clock)) return { now: Date.now };
  const { realAt, localAt, speed } = clock;
  if (typeof realAt !== 'number' || typeof localAt !== 'number' || typeof speed !== 'number') return { now: Date.now };
  return { now: () => Math.floor(localAt + (Date.now() - realAt) * speed) };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function parseRecord(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return isRecord(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const notRunning = (why: string) =>
  new GaplessError(
    'LOCAL_STACK_NOT_RUNNING',
    `No local stack is running: ${why}. Start it with npm start in another terminal and wait for its ready line, or leave --local out for a deployed stack.`,
  );
