import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { DeleteObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { sdkConfig } from '../../local/sdk-config.ts';
import { createS3Client } from '../../shared/aws/clients/s3.ts';
import { createSqsClient } from '../../shared/aws/clients/sqs.ts';
import { createXClient } from '../../shared/x/api/client.ts';
import { listWebhooks } from '../../shared/x/api/webhooks.ts';
import { bearerToken } from '../support/local-stack.ts';
import { type RunningStack, startRunningStack } from '../support/running-stack.ts';

/** Fast enough that a visibility timeout of six minutes takes six seconds, the least that the local queue allows. */
const speed = 60;

const post = (account: string, id: number, text = 'hello') =>
  JSON.stringify({
    data: {
      event_type: 'post.create',
      event_uuid: String(1_600_000_000_000_000_000n + BigInt(id)),
      filter: { user_id: account },
      payload: { id: String(1_600_000_000_000_000_000n + BigInt(id)), author_id: account, text },
    },
  });

function throttled(table: string) {
  const type = 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException';
  return { status: 400, body: JSON.stringify({ __type: type, message: `${table} is throttled` }) };
}

/** Repeatable "half of them". */
function everySecond(): () => number {
  let calls = 0;
  return () => (calls++ % 2 === 0 ? 0 : 0.99);
}

describe('when a part fails', () => {
  let stack: RunningStack;
  before(async () => {
    stack = await startRunningStack({ connected: true, speed });
  });
  after(() => stack.close());

  const faults = () => {
    assert.ok(stack.faults);
    return stack.faults;
  };
  const recorder = () => stack.functions.named('RecordEvents');
  const storedOf = async (account: string) => Array.fromAsync(stack.reader.events.byAccount(account));
  const until = async (holds: () => boolean) => {
    while (!holds()) await pause(20);
  };

  test('SQS refusing, X is answered 503 and its retry loses nothing', async () => {
    assert.ok(stack.emulator);
    const heal = faults().sqs.add({ target: 'SendMessage', respond: { status: 503, body: '{}' } });
    const [webhook] = await webhooks();
    const { attempts } = await stack.emulator.emit({ body: post('101', 1), webhookId: webhook?.webhookId ?? '' });
    heal();
    await stack.emulator.idle();
    await stack.drained();

    assert.deepEqual(
      attempts.map((attempt) => ('status' in attempt ? attempt.status : 'no answer')),
      [503],
    );
    assert.equal((await storedOf('101')).length, 1);
  });

  test('the recorder killed in the middle of a batch, nothing is lost and nothing is there twice', async () => {
    const held = Promise.withResolvers<void>();
    const seen = faults().dynamodb.count('PutItem');
    const release = faults().dynamodb.add({ target: 'PutItem', respond: { holdUntil: held.promise } });
    for (let id = 0; id < 20; id += 1) assert.equal(await stack.post(post('102', 100 + id)), 200);
    await until(() => faults().dynamodb.count('PutItem') > seen);
    recorder().kill('SIGKILL');
    release();
    held.resolve();
    await stack.drained();

    assert.equal((await storedOf('102')).length, 20);
  });

  test('the answer of the table lost, the event counts as stored, once', async () => {
    const heal = faults().dynamodb.add({ target: 'PutItem', times: 3, respond: 'drop-answer' });
    assert.equal(await stack.post(post('103', 200)), 200);
    await stack.drained();
    heal();

    assert.equal((await storedOf('103')).length, 1);
  });

  test('the table throttling half of the writes, all events are stored', async () => {
    const heal = faults().dynamodb.add({
      target: 'PutItem',
      probability: 0.5,
      random: everySecond(),
      respond: throttled('events'),
    });
    for (let id = 0; id < 30; id += 1) assert.equal(await stack.post(post('104', 300 + id)), 200);
    await stack.drained();
    heal();

    assert.equal((await storedOf('104')).length, 30);
  });

  test('one record poisonous, the others are stored and it is in the dead-letter queue with its cause', async () => {
    const heal = faults().dynamodb.add({
      target: 'PutItem',
      bodyIncludes: 'poison',
      respond: { status: 400, body: JSON.stringify({ __type: 'com.amazon.coral.validate#ValidationException' }) },
    });
    const keepGoing = new AbortController();
    // Its neighbours, so that it is seen to be the record's fault.
    const neighbours = (async () => {
      for (let id = 0; !keepGoing.signal.aborted; id += 1) {
        await stack.post(post('105', 400 + id));
        await pause(200);
      }
    })();
    assert.equal(await stack.post(post('106', 500, 'poison')), 200);
    const letter = await takeDeadLetter();
    keepGoing.abort();
    await neighbours;
    heal();
    await stack.drained();

    assert.equal(letter.MessageAttributes?.cause?.StringValue, 'POISON_RECORD');
    assert.equal(letter.Body, post('106', 500, 'poison'));
    assert.equal((await storedOf('106')).length, 0);
    assert.ok((await storedOf('105')).length > 0);
  });

  test('a claim-checked body gone, its message is in the dead-letter queue with the cause', async () => {
    recorder().pause();
    assert.equal(await stack.post(post('107', 600, 'x'.repeat(1_500_000))), 200);
    await emptyBucket();
    recorder().resume();
    const letter = await takeDeadLetter();
    await stack.drained();

    assert.equal(letter.MessageAttributes?.cause?.StringValue, 'CLAIM_CHECK_LOST');
  });

  test('secrets unavailable to a fresh process, X is answered 503, and 200 once they are back', async () => {
    stack.functions.named('ReceiveWebhook').kill();
    const heal = faults().secretsManager.add({ respond: { status: 500, body: '{}' } });
    const refused = await stack.post(post('108', 700));
    const crc = await fetch(`${stack.webhookUrl}?crc_token=abc`);
    heal();
    await stack.clock.advance(2_000);

    assert.equal(refused, 503);
    assert.equal(crc.status, 503);
    assert.equal(await stack.post(post('108', 700)), 200);
    await stack.drained();
    assert.equal((await storedOf('108')).length, 1);
  });

  async function webhooks() {
    const client = createXClient({ baseUrl: stack.xApiUrl, bearerToken, timeoutMs: 10_000 });
    const listed = await listWebhooks(client);
    assert.ok(listed.ok);
    return listed.value;
  }

  async function takeDeadLetter() {
    const sqs = createSqsClient(sdkConfig(stack.endpoints.sqs));
    try {
      for (;;) {
        const { Messages: [letter] = [] } = await sqs.send(
          new ReceiveMessageCommand({
            QueueUrl: stack.names.deadLetterQueueUrl,
            MessageAttributeNames: ['All'],
            WaitTimeSeconds: 1,
            VisibilityTimeout: 43_200,
          }),
        );
        if (letter) return letter;
      }
    } finally {
      sqs.destroy();
    }
  }

  async function emptyBucket() {
    const s3 = createS3Client({ ...sdkConfig(stack.endpoints.s3), forcePathStyle: true });
    const Bucket = stack.names.bodiesBucket;
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'deliveries/' }));
    assert.ok(Contents.length > 0);
    for (const { Key } of Contents) await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    s3.destroy();
  }
});
