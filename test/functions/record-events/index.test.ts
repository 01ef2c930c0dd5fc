import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { type Recorder, startRecorder } from './recorder.ts';
import { delivered, heartbeat, like, type Queued, sqsEvent } from './sqs-event.ts';

describe('the function record-events', () => {
  let recorder: Recorder;

  beforeEach(async () => {
    recorder = await startRecorder();
  });
  afterEach(() => recorder.close());

  /** Runs the function with its real wiring on one batch. */
  const run = (messages: readonly Queued[]): ChildProcess => {
    const { emulators } = recorder;
    const child = fork(join(import.meta.dirname, 'function-process.ts'), {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: [],
      env: {
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: emulators.dynamodb.credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: emulators.dynamodb.credentials.secretAccessKey,
        AWS_ENDPOINT_URL_DYNAMODB: emulators.dynamodb.endpoint,
        AWS_ENDPOINT_URL_SQS: emulators.sqs.endpoint,
        AWS_ENDPOINT_URL_S3: emulators.s3.endpoint,
        DEAD_LETTER_QUEUE_URL: emulators.deadLetterQueueUrl,
        EVENTS_TABLE: emulators.names.eventsTable,
        CARRIED_POSTS_TABLE: emulators.names.carriedPostsTable,
        LEDGER_TABLE: emulators.names.ledgerTable,
        BODIES_BUCKET: emulators.names.bucket,
        LEDGER_RETENTION_DAYS: '30',
        PAYLOAD_ENCODING: 'plain',
        LOG_LEVEL: 'DEBUG',
        POWERTOOLS_SERVICE_NAME: 'record-events',
      },
    });
    child.send(sqsEvent(messages));
    return child;
  };

  /** The failed ids of its answer and the lines that it printed. */
  const outcome = async (child: ChildProcess) => {
    assert.ok(child.stdout && child.stderr);
    const [[answer], out, err] = await Promise.all([
      once(child, 'message'),
      readAll(child.stdout),
      readAll(child.stderr),
      once(child, 'exit'),
    ]);
    const printed = out + err;
    return {
      answer,
      printed,
      lines: printed
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    };
  };

  test('tells of a batch in one line of ids and numbers and one of metrics, never of a body', async () => {
    const large = like('a2', { text: 'a private word '.repeat(40_000) });
    const lost = delivered('', { body: '{"key":"deliveries/gone","bytes":1}' });
    const claimCheck = { ...lost, attributes: { ...lost.attributes, encoding: 's3' } };
    const respond = { status: 400, body: '{"__type":"AccessDeniedException","message":"a private word"}' };
    recorder.emulators.faults.dynamodb.add({ bodyIncludes: 'like.create:9001:refused', respond });
    const refused = delivered(like('refused'));
    const batch = [delivered(like('a1')), delivered(like('a1', { uuid: '8' })), delivered(large), claimCheck, refused];

    batch.push(delivered('a private word'), heartbeat());
    const { answer, printed, lines } = await outcome(run(batch));
    assert.deepEqual(answer, { batchItemFailures: [{ itemIdentifier: refused.messageId }] });
    assert.doesNotMatch(printed, /private/);
    assert.equal(lines.length, 2);

    const { level, service, message, records, stored, duplicates, unknown, retried, dead } = lines.find(
      (line) => line.message !== undefined,
    );
    assert.deepEqual(
      { level, service, message, records, stored, duplicates, unknown, retried, dead },
      {
        level: 'INFO',
        service: 'record-events',
        message: 'batch recorded',
        records: 7,
        stored: 3,
        duplicates: 1,
        unknown: 1,
        retried: [{ messageId: refused.messageId, kind: 'retry', reason: 'AccessDeniedException' }],
        dead: [{ messageId: lost.messageId, kind: 'dead', cause: 'CLAIM_CHECK_LOST' }],
      },
    );

    const { _aws: aws, ...values } = lines.find((line) => line._aws !== undefined);
    assert.equal(aws.CloudWatchMetrics[0].Namespace, 'Gapless');
    assert.deepEqual(aws.CloudWatchMetrics[0].Dimensions, [['service']]);
    assert.deepEqual(values, {
      service: 'record-events',
      RecordsAccepted: 6, // the heartbeat is no delivery
      EventsStored: 3,
      EventsDuplicate: 1,
      EventsUnknown: 1,
      EventUuidMismatches: 1,
      EventsDuplicateRetry: 1,
      RecordsRetried: 1,
      RecordsDeadLettered: 1,
    });

    assert.equal((await recorder.takeDead()).length, 1);
    assert.ok(
      (await recorder.events()).some(({ payload }) => payload === large),
      'its payload lies in S3',
    );
  });

  test('loses nothing and stores nothing twice when it is killed in the middle of a batch', async () => {
    const batch = Array.from({ length: 30 }, (_, n) => delivered(like(`a${n}`)));
    const reached = Promise.withResolvers<void>();
    // Every put after the fortieth waits for ever; each like is a reference and an event.
    let puts = 0;
    const random = () => {
      puts += 1;
      if (puts === 41) reached.resolve();
      return puts > 40 ? 0 : 1;
    };
    const { promise: never } = Promise.withResolvers<void>();
    const remove = recorder.emulators.faults.dynamodb.add({
      target: 'PutItem',
      probability: 0.5,
      random,
      respond: { holdUntil: never },
    });
    const child = run(batch);
    await reached.promise;
    child.kill('SIGKILL');
    await once(child, 'exit');
    remove();
    const before = (await recorder.events()).length;
    assert.ok(before > 0 && before < 30, `${before} were stored when it was killed`);

    const again = batch.map((message) => ({ ...message, receiveCount: 2 }));
    assert.deepEqual(await recorder.record(again), []);
    assert.equal((await recorder.events()).length, 30);
    assert.deepEqual(await recorder.coverage(), { deliveries: 30, events: 30, stored: 30, duplicates: 0, unknown: 0 });
  });
});
