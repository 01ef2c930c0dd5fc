import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, type TestContext, test } from 'node:test';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { Emulator } from '../../../local/emulator.ts';
import { queueUrl, startSqsAndS3 } from '../../../local/sqs-s3.ts';
import { startSqsEventSource } from '../../../local/triggers/sqs-event-source.ts';
import { createSqsClient } from '../../../shared/aws/clients/sqs.ts';
import { clientConfig } from '../../support/emulators.ts';
import { type InlineFunction, startInlineFunction } from '../../support/inline-function.ts';

/** Writes a line for each batch: the bodies and how often each was received. Fails and dies as the bodies say. */
const source = `import { appendFileSync } from 'node:fs';
  export const handler = async ({ Records }) => {
    const seen = Records.map(({ body, attributes }) => [body, Number(attributes.ApproximateReceiveCount)]);
    appendFileSync('seen.jsonl', JSON.stringify(seen) + '\\n');
    if (seen.some(([body, count]) => body === 'die' && count === 1)) process.exit(1);
    const failed = Records.filter(({ body, attributes }) => body === 'fail' && attributes.ApproximateReceiveCount === '1');
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };`;

describe('the event source of a queue', () => {
  let sqs: Emulator;
  let client: SQSClient;
  before(async () => {
    sqs = await startSqsAndS3();
    client = createSqsClient(clientConfig(sqs.url));
  });
  after(async () => {
    client.destroy();
    await sqs.close();
  });

  interface Running {
    readonly inline: InlineFunction;
    readonly url: string;
    readonly seen: () => Promise<readonly (readonly [body: string, count: number])[][]>;
    close(): Promise<void>;
  }

  async function start(
    t: TestContext,
    name: string,
    bodies: readonly string[],
    reportsItemFailures = true,
  ): Promise<Running> {
    const url = queueUrl(sqs.url, name);
    await client.send(new CreateQueueCommand({ QueueName: name, Attributes: { VisibilityTimeout: '1' } }));
    const Entries = bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody }));
    if (Entries.length > 0) await client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
    const inline = await startInlineFunction(source, { maxProcesses: 2 });
    const eventSource = startSqsEventSource({
      spec: {
        queueName: name,
        functionName: 'f',
        batchSize: 10,
        windowSeconds: 0,
        reportsItemFailures,
        maxConcurrency: 1,
      },
      runner: inline.runner,
      client,
      queueUrl: url,
      queueArn: `arn:${name}`,
      log: (line) => assert.fail(line),
    });
    t.after(async () => {
      await eventSource.close();
      await inline.close();
    });
    return {
      inline,
      url,
      close: eventSource.close,
      async seen() {
        const text = await readFile(inline.logFile.replace('function.log', 'seen.jsonl'), 'utf8').catch(() => '');
        return text
          .trim()
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line));
      },
    };
  }

  /** Sends one more message and lets the source go once it and all before it are done. */
  async function untilEmpty({ url }: Running): Promise<void> {
    for (;;) {
      const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
      const { Attributes = {} } = await client.send(
        new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...names] }),
      );
      if (names.every((name) => Attributes[name] === '0')) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  test('hands over batches and deletes what is done', async (t) => {
    const running = await start(t, 'batches', ['a', 'b', 'c']);
    await untilEmpty(running);
    assert.deepEqual(await running.seen(), [
      [
        ['a', 1],
        ['b', 1],
        ['c', 1],
      ],
    ]);
  });

  test('brings only the reported failures again', async (t) => {
    const running = await start(t, 'partial', ['a', 'fail', 'b']);
    await untilEmpty(running);
    assert.deepEqual(await running.seen(), [
      [
        ['a', 1],
        ['fail', 1],
        ['b', 1],
      ],
      [['fail', 2]],
    ]);
  });

  test('without reports deletes the batch whatever the answer says', async (t) => {
    const running = await start(t, 'whole', ['fail'], false);
    await untilEmpty(running);
    assert.deepEqual(await running.seen(), [[['fail', 1]]]);
  });

  test('brings the whole batch again when the function dies', async (t) => {
    const running = await start(t, 'crash', ['a', 'die']);
    await untilEmpty(running);
    const batches = await running.seen();
    assert.deepEqual(batches[0], [
      ['a', 1],
      ['die', 1],
    ]);
    assert.deepEqual(batches.slice(1).flat().sort(), [
      ['a', 2],
      ['die', 2],
    ]);
  });

  test('receives nothing while the function is paused, and goes on afterwards', async (t) => {
    const running = await start(t, 'paused', ['before']);
    await untilEmpty(running);
    running.inline.runner.pause();
    // The poll that is under way may still take one message; it comes again.
    await client.send(new SendMessageCommand({ QueueUrl: running.url, MessageBody: 'meanwhile' }));
    running.inline.runner.resume();
    await untilEmpty(running);
    assert.equal((await running.seen()).at(-1)?.[0]?.[0], 'meanwhile');
  });

  test('ends at once while it waits for messages', async (t) => {
    const running = await start(t, 'idle', []);
    await running.close();
    assert.deepEqual(await running.seen(), []);
  });
});
