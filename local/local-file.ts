import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { member } from '../shared/domain/json.ts';
import { GaplessError } from '../shared/errors.ts';
import { keepAtEnd, removeAtEnd } from './processes/reaper.ts';
import type { LocalStack } from './stack.ts';

export const localFile = (projectDir: string) => join(projectDir, '.gapless', 'local.json');

/** Throws `LOCAL_START_FAILED` when a stack of this checkout runs already: the CLI could only find one of them. */
export async function refuseSecondStack(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  const pid = text === undefined ? undefined : pidIn(text);
  if (pid === undefined || !isAlive(pid)) return;
  throw new GaplessError(
    'LOCAL_START_FAILED',
    `A local stack of this checkout is running already (process ${pid}). Stop it, or use another checkout. If process ${pid} is something else, remove ${file}.`,
  );
}

function pidIn(text: string): number | undefined {
  try {
    const pid = member(JSON.parse(text), 'pid');
    return typeof pid === 'number' ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Tells the CLI and others where everything of the stack is. It is there complete or not at all. Returns how to remove it. */
export async function writeLocalFile(file: string, stack: LocalStack, epoch: number): Promise<() => Promise<void>> {
  const { endpoints, outputs, clock } = stack;
  const content = {
    webhookUrl: stack.webhookUrl,
    xApiUrl: stack.xApiUrl,
    dynamodbEndpoint: endpoints.dynamodb,
    sqsEndpoint: endpoints.sqs,
    s3Endpoint: endpoints.s3,
    secretsManagerEndpoint: endpoints.secretsManager,
    cloudwatchEndpoint: endpoints.cloudwatch,
    eventsTable: outputs.EventsTableName,
    carriedPostsTable: outputs.CarriedPostsTableName,
    ledgerTable: outputs.LedgerTableName,
    deliveriesQueueUrl: outputs.DeliveriesQueueUrl,
    deadLetterQueueUrl: outputs.DeadLetterQueueUrl,
    bodiesBucket: outputs.BodiesBucketName,
    outputs,
    logsDir: stack.logsDir,
    clock: { epoch, ...clock.state },
    pid: process.pid,
  };
  await mkdir(dirname(file), { recursive: true });
  removeAtEnd(file);
  await writeFile(`${file}.new`, `${JSON.stringify(content, undefined, 2)}\n`);
  await rename(`${file}.new`, file);
  return async () => {
    await rm(file, { force: true });
    keepAtEnd(file);
  };
}
