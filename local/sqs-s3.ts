import { fork } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { GaplessError } from '../shared/errors.ts';
import { askOldestMessage } from './aws/oldest-message.ts';
import type { AdjustableClock } from './clock/adjustable-clock.ts';
import { clockArguments, clockEnvironment, followClock } from './clock/process-clock.ts';
import type { Emulator } from './emulator.ts';
import { compileCacheVariable } from './processes/compile-cache.ts';
import { firstMessage, manage } from './processes/managed-process.ts';

export interface SqsAndS3Options {
  /** Where queues and objects stay between runs; without it they are in memory. */
  readonly dataDir?: string;
  /** Visibility timeouts, delays and times of objects follow it. Default: the real time. */
  readonly clock?: AdjustableClock;
  /** Default: a free one. */
  readonly port?: number;
}

export interface SqsAndS3 extends Emulator {
  /** When the queue's oldest message was sent, local Unix milliseconds; `undefined`: it is empty. */
  oldestMessageSentAt(queueName: string): Promise<number | undefined>;
}

/** SQS and S3 on this machine: one server, both protocols. Its own QueueUrls name hosts that do not exist; use `queueUrl`. */
export async function startSqsAndS3({ dataDir, clock, port = 0 }: SqsAndS3Options = {}): Promise<SqsAndS3> {
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
  const child = fork(
    join(import.meta.dirname, 'aws/fauxqs-process.ts'),
    [String(port), ...(dataDir === undefined ? [] : [dataDir])],
    {
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: ['--disable-warning=ExperimentalWarning', ...clockArguments(clock)],
      env: { ...process.env, ...compileCacheVariable, ...clockEnvironment(clock) },
    },
  );
  const managed = manage(child);
  const ready = await firstMessage(managed).catch((cause: unknown) => {
    throw new GaplessError('LOCAL_START_FAILED', 'SQS and S3 (fauxqs) did not start; the lines above say why.', {
      cause,
    });
  });
  if (typeof ready !== 'object' || ready === null || !('port' in ready)) {
    throw new GaplessError('LOCAL_START_FAILED', 'SQS and S3 (fauxqs) did not say which port they took.');
  }
  const unfollow = clock === undefined ? () => {} : await followClock(clock, child);

  let closing = false;
  return {
    url: `http://127.0.0.1:${ready.port}`,
    died: new Promise((resolve) => {
      void managed.exited.then((how) => closing || resolve(`SQS and S3 (fauxqs) ended by themselves: ${how}`));
    }),
    oldestMessageSentAt: (queueName) => askOldestMessage(child, queueName),
    async close() {
      closing = true;
      unfollow();
      await managed.stop();
    },
  };
}

/** fauxqs knows a queue by the last part of the path; the account is the one it puts into ARNs. */
export const queueUrl = (endpoint: string, name: string) => `${endpoint}/000000000000/${name}`;
