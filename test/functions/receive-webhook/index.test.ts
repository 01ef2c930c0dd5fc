import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { sign, signatureHeaders } from '../../../shared/x/signature.ts';
import { type Emulators, startEmulators } from '../../support/emulators.ts';
import { httpEvent } from './http-event.ts';
import { takeDeliveries } from './receiver.ts';

const secret = 'hush-hush-client';
const body = '{"text":"a private word"}';
const large = JSON.stringify({ text: 'a private word '.repeat(80_000) });
const signed = (text: string, key = secret) => ({ [signatureHeaders.oauth2]: sign(key, Buffer.from(text)) });

describe('the function receive-webhook', () => {
  let emulators: Emulators;
  before(async () => {
    emulators = await startEmulators();
  });
  after(() => emulators.close());

  /** Runs the function with its real wiring; returns the status of each answer and everything that was printed. */
  const run = async (events: readonly object[]) => {
    const child = fork(join(import.meta.dirname, 'function-process.ts'), {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: [],
      env: {
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
        AWS_ENDPOINT_URL_SQS: emulators.sqs.endpoint,
        AWS_ENDPOINT_URL_S3: emulators.s3.endpoint,
        AWS_ENDPOINT_URL_SECRETS_MANAGER: emulators.secretsManager.endpoint,
        SECRET_ARNS: JSON.stringify({ default: 'default', shop: 'shop' }),
        QUEUE_URL: emulators.deliveriesQueueUrl,
        BODIES_BUCKET: emulators.names.bucket,
        ANSWER_LOG: 'none',
        LOG_LEVEL: 'DEBUG',
        POWERTOOLS_SERVICE_NAME: 'receive-webhook',
      },
    });
    child.send(events);
    const statuses: unknown[] = [];
    child.on('message', (answer) => {
      if (typeof answer === 'object' && 'statusCode' in answer) statuses.push(answer.statusCode);
    });
    assert.ok(child.stdout && child.stderr);
    const [out, err] = await Promise.all([readAll(child.stdout), readAll(child.stderr), once(child, 'exit')]);
    return { statuses, printed: out + err };
  };

  test('answers as wired, and logs reasons, never a body, a signature or a secret', async () => {
    emulators.secrets.put('default', JSON.stringify({ clientSecrets: [{ value: secret }] }));
    emulators.secrets.put('shop', '{"clientSecrets":[{"value":"hush-hush-shop"}');
    const { statuses, printed } = await run([
      httpEvent({ method: 'GET', query: 'crc_token=abc' }),
      httpEvent({ method: 'GET', query: 'crc_token={private}' }),
      httpEvent({ headers: signed(body), body }),
      httpEvent({ headers: signed(large), body: large }),
      httpEvent({ headers: signed(body, 'hush-hush-guess'), body }),
      httpEvent({ app: 'shop', headers: signed(body), body }),
      { ...httpEvent({ body }), headers: null },
    ]);
    assert.deepEqual(statuses, [200, 400, 200, 200, 401, 503, 500]);
    assert.deepEqual((await takeDeliveries(emulators)).map((delivery) => delivery.body.toString()).toSorted(), [
      large,
      body,
    ]);

    const lines = printed
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      lines.map(({ level, service, reason, traceId, error }) => [level, service, reason, traceId, error]),
      [
        ['WARN', 'receive-webhook', 'bad-crc-token', 'request-1', undefined],
        ['WARN', 'receive-webhook', 'wrong-signature', 'request-1', undefined],
        ['WARN', 'receive-webhook', 'SECRET_MALFORMED', 'request-1', undefined],
        ['WARN', 'receive-webhook', 'unexpected-error', 'request-1', 'TypeError'],
      ],
    );
    assert.doesNotMatch(printed, /private|hush|sha256=/);
  });

  test('writes a flood of refusals in a few lines', async () => {
    emulators.secrets.put('default', JSON.stringify({ clientSecrets: [{ value: secret }] }));
    const { statuses, printed } = await run(Array.from({ length: 200 }, () => httpEvent({ body })));
    assert.ok(statuses.length === 200 && statuses.every((status) => status === 401));
    assert.ok(printed.trim().split('\n').length <= 11, 'five lines, or eleven across the end of a window');
  });
});
