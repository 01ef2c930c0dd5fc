import { setTimeout as rest } from 'node:timers/promises';
import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import type { FunctionRunner } from '../lambda/function-runner.ts';
import { maxPayloadBytes } from '../lambda/invocation.ts';
import type { EventSourceSpec } from '../template/function-resources.ts';
import { splitBySize, succeeded, toRecord } from './sqs-records.ts';

export interface SqsEventSourceOptions {
  readonly spec: EventSourceSpec;
  readonly runner: FunctionRunner;
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly log: (line: string) => void;
}

export interface SqsEventSource {
  /** Stops receiving and waits for the batches that functions have. */
  close(): Promise<void>;
}

/** SQS's own limits: messages of one receive, and of one delete; seconds of a long poll. */
const maxMessages = 10;
const longPollSeconds = 20;
const pauseAfterErrorMs = 1000;
/** After a batch that was not full: on one machine a crowd of small batches would take what those who send need. */
const restMs = 40;

/**
 * Lambda's poller of one queue: receives batches, invokes the function, deletes what it was done with. What failed, or
 * whose function died, stays in flight until its visibility timeout and comes again.
 */
export function startSqsEventSource(options: SqsEventSourceOptions): SqsEventSource {
  const { spec, runner } = options;
  const stop = new AbortController();
  const pollers = Math.min(spec.maxConcurrency ?? runner.maxProcesses, runner.maxProcesses);
  const running = Array.from({ length: pollers }, () => poll(options, stop.signal));
  return {
    async close() {
      stop.abort();
      await Promise.all(running);
    },
  };
}

async function poll(options: SqsEventSourceOptions, signal: AbortSignal): Promise<void> {
  const { spec, runner, queueArn, log } = options;
  while (!signal.aborted) {
    try {
      await runner.untilResumed();
      const messages = await gather(options, signal);
      const records = messages.map((message) => toRecord(message, queueArn));
      for (const batch of splitBySize(records, maxPayloadBytes)) await deliver(options, batch);
      if (messages.length > 0 && messages.length < spec.batchSize) await rest(restMs);
    } catch (error) {
      if (signal.aborted) return;
      log(`Polling for ${spec.functionName} failed and goes on: ${error instanceof Error ? error.message : error}`);
      await rest(pauseAfterErrorMs);
    }
  }
}

/** One batch: what the first receive brings and, with a batching window, what more comes within it. */
async function gather(options: SqsEventSourceOptions, signal: AbortSignal): Promise<readonly Message[]> {
  const { batchSize, windowSeconds } = options.spec;
  const messages = await receive(options, Math.min(batchSize, maxMessages), longPollSeconds, signal);
  const until = performance.now() + windowSeconds * 1000;
  while (messages.length > 0 && messages.length < batchSize) {
    const left = Math.ceil((until - performance.now()) / 1000);
    if (left <= 0) break;
    const more = await receive(options, Math.min(batchSize - messages.length, maxMessages), left, signal);
    messages.push(...more);
  }
  return messages;
}

async function receive(
  { client, queueUrl }: SqsEventSourceOptions,
  count: number,
  waitSeconds: number,
  abortSignal: AbortSignal,
): Promise<Message[]> {
  const command = new ReceiveMessageCommand({
    QueueUrl: queueUrl,
    MaxNumberOfMessages: count,
    WaitTimeSeconds: Math.min(waitSeconds, longPollSeconds),
    MessageAttributeNames: ['All'],
    MessageSystemAttributeNames: ['All'],
  });
  const { Messages = [] } = await client.send(command, { abortSignal });
  return Messages;
}

async function deliver(options: SqsEventSourceOptions, records: readonly SQSRecord[]): Promise<void> {
  const { spec, runner } = options;
  const result = await runner.invoke(JSON.stringify({ Records: records }));
  if (result.kind !== 'success') return;
  const done = spec.reportsItemFailures ? succeeded(records, result.payload) : records;
  for (let start = 0; start < done.length; start += maxMessages) {
    await deleteBatch(options, done.slice(start, start + maxMessages));
  }
}

async function deleteBatch({ client, queueUrl }: SqsEventSourceOptions, done: readonly SQSRecord[]): Promise<void> {
  const Entries = done.map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle }));
  await client.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
}
