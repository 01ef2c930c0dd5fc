import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { AdjustableClock } from '../../../local/clock/adjustable-clock.ts';
import { clockArguments, clockEnvironment } from '../../../local/clock/process-clock.ts';
import { createDynamoDbClient } from '../../../shared/aws/clients/dynamodb.ts';
import { createSqsClient } from '../../../shared/aws/clients/sqs.ts';
import { createStreamSessions } from '../../../shared/aws/stream-sessions.ts';
import { type StreamingX, startStreamingX, stream } from '../../shared/use-cases/read-stream/streaming-x.ts';
import { type Emulators, startEmulators } from '../../support/emulators.ts';

const event = '{"data":{"event_uuid":"1","event_type":"like.create"}}';
const patienceMs = 60_000;

describe('the function read-stream, killed between reading a line and sending it', () => {
  const clock = new AdjustableClock();
  let emulators: Emulators;
  let x: StreamingX;
  before(async () => {
    await clock.setSpeed(20);
    emulators = await startEmulators();
    x = await startStreamingX(() => clock.now(), [stream('\r\n'), stream(`${event}\r\n`)]);
    emulators.secrets.put('default-tokens', '{"bearerToken":"a-made-up-token"}');
  });
  after(async () => {
    await x.close();
    await emulators.close();
  });

  const start = () =>
    fork(join(import.meta.dirname, 'function-process.ts'), {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: [...clockArguments(clock)],
      env: {
        ...clockEnvironment(clock),
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: emulators.dynamodb.credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: emulators.dynamodb.credentials.secretAccessKey,
        AWS_ENDPOINT_URL_DYNAMODB: emulators.dynamodb.endpoint,
        AWS_ENDPOINT_URL_SECRETS_MANAGER: emulators.secretsManager.endpoint,
        AWS_ENDPOINT_URL_SQS: emulators.sqs.endpoint,
        API_TOKEN_SECRET_ARNS: '{"default":"default-tokens"}',
        QUEUE_URL: emulators.deliveriesQueueUrl,
        BODIES_BUCKET: emulators.names.bucket,
        LEDGER_TABLE: emulators.names.ledgerTable,
        LEDGER_RETENTION_DAYS: '30',
        X_API_BASE_URL: x.url,
        STREAM_SESSION_SECONDS: '720',
        STREAM_SILENCE_SECONDS: '400',
        STREAM_LEASE_SECONDS: '60',
        POWERTOOLS_SERVICE_NAME: 'read-stream',
      },
    });
  const until = async (condition: () => boolean | Promise<boolean>) => {
    const signal = AbortSignal.timeout(patienceMs);
    while (!(await condition())) await pause(20, undefined, { signal });
  };

  test('has covered no more than what was sent, and its successor has X send the rest again', async (t) => {
    const dynamodb = createDynamoDbClient(emulators.dynamodb);
    const sqs = createSqsClient(emulators.sqs);
    const sessions = createStreamSessions({ client: dynamodb, table: emulators.names.ledgerTable, retentionDays: 30 });
    const newestMs = async () => {
      const nowMs = clock.now();
      const found = await sessions.read('default', { fromMs: nowMs - 3_600_000, toMs: nowMs + 1 });
      return Math.max(0, ...found.map(({ toMs }) => toMs));
    };
    const removeFault = emulators.faults.sqs.add({ target: 'SendMessageBatch', respond: { status: 503 } });

    const first = start();
    t.after(() => first.kill('SIGKILL'));
    await until(async () => (await newestMs()) > 0);
    x.calls[0]?.response.write(`${event}\r\n`);
    await until(() => emulators.faults.sqs.count('SendMessageBatch') > 0);
    const readByMs = clock.now();
    first.kill('SIGKILL');
    await once(first, 'exit');
    removeFault();
    const provenMs = await newestMs();
    assert.ok(provenMs <= readByMs, `${provenMs} and ${readByMs}`);

    // The tick of every minute, in short: until the dead one's hold is over they find it well held.
    let last = start();
    t.after(() => last.kill('SIGKILL'));
    await until(async () => {
      if (x.calls.length === 2) return true;
      if (last.exitCode !== null) last = start();
      return false;
    });
    const [, again] = x.calls;
    const minutes = Number(again?.query.get('backfill_minutes'));
    assert.ok((again?.atMs ?? 0) - minutes * 60_000 <= provenMs || minutes === 5, `${minutes} minutes`);
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: emulators.deliveriesQueueUrl, WaitTimeSeconds: 20 }),
    );
    assert.deepEqual(
      Messages.map(({ Body }) => Body),
      [event],
    );
    dynamodb.destroy();
    sqs.destroy();
  });
});
