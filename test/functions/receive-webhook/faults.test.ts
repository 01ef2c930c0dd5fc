import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import type { FaultAnswer } from '../../../local/fault-proxy.ts';
import { sign, signatureHeaders } from '../../../shared/x/signature.ts';
import { type Emulators, startEmulators } from '../../support/emulators.ts';
import { startReceiver, takeDeliveries, takeHeartbeats } from './receiver.ts';

const startedAt = Date.parse('2026-11-21T10:00:00Z');
const text = '{"for_user_id":"2244994945"}';
const large = `{"text":"${'x'.repeat(1_100_000)}"}`;
const filled = (...clientSecrets: object[]) => JSON.stringify({ consumerSecrets: [], clientSecrets });

describe('the receiver, when AWS fails', () => {
  let emulators: Emulators;
  let time: { now: number };
  let receiver: ReturnType<typeof startReceiver>;
  let mends: (() => void)[] = [];

  const fail = (part: 'sqs' | 's3' | 'secretsManager', respond: FaultAnswer, target = '') =>
    mends.push(emulators.faults[part].add({ target, respond }));
  /** The part takes calls and does not answer them. */
  const hang = (part: 'sqs' | 's3' | 'secretsManager', target?: string) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    fail(part, { holdUntil: promise }, target);
    mends.push(resolve);
  };
  const mend = () => {
    for (const one of mends) one();
    mends = [];
  };
  const deliver = async (secret: string, body = text) => {
    const headers = { [signatureHeaders.oauth2]: sign(secret, Buffer.from(body)) };
    return (await receiver.request({ headers, body })).statusCode;
  };
  /** One that waits for the queue no longer than it must to tell it from a quick one. */
  const hasty = () => startReceiver(emulators, time, { queueMs: 200 });
  const queued = async () => (await takeDeliveries(emulators)).length;

  before(async () => {
    emulators = await startEmulators();
  });
  after(() => emulators.close());
  beforeEach(() => {
    emulators.secrets.put('default', filled({ value: 'client' }));
    time = { now: startedAt };
    receiver = startReceiver(emulators, time);
  });
  afterEach(async () => {
    mend();
    await takeDeliveries(emulators);
  });

  test('answers 503 while SQS refuses, and loses nothing when X tries again', async () => {
    fail('sqs', { status: 500 }, 'SendMessage');
    const headers = { [signatureHeaders.oauth2]: sign('client', Buffer.from(text)) };
    const { statusCode, headers: answered } = await receiver.request({ headers, body: text });
    assert.deepEqual([statusCode, answered?.['retry-after']], [503, '5']);
    mend();
    assert.equal(await queued(), 0);
    assert.equal(await deliver('client'), 200);
    assert.equal(await queued(), 1);
  });

  test('answers 503 when SQS is too slow or breaks off', async () => {
    receiver = hasty();
    hang('sqs', 'SendMessage');
    assert.equal(await deliver('client'), 503);
    mend();
    receiver = startReceiver(emulators, time);
    fail('sqs', 'drop', 'SendMessage');
    assert.equal(await deliver('client'), 503);
  });

  test('answers a CRC while SQS refuses, breaks off or is too slow', async () => {
    const check = async () => {
      time.now += 1_000;
      const { statusCode, body = '' } = await receiver.request({ method: 'GET', query: 'crc_token=abc' });
      return [statusCode, JSON.parse(body).response_token];
    };
    const right = [200, sign('client', Buffer.from('abc'))];
    fail('sqs', { status: 500 }, 'SendMessage');
    assert.deepEqual(await check(), right);
    mend();
    fail('sqs', 'drop', 'SendMessage');
    assert.deepEqual(await check(), right);
    mend();
    receiver = hasty();
    hang('sqs', 'SendMessage');
    assert.deepEqual(await check(), right, 'before SQS says anything');
    const asked = emulators.faults.sqs.count('SendMessage');
    for (let i = 0; i < 50; i += 1) await receiver.request({ method: 'GET', query: 'crc_token=abc' });
    assert.equal(emulators.faults.sqs.count('SendMessage'), asked, 'a stranger waits for nothing in that second');
    mend();
    receiver = startReceiver(emulators, time);
    await takeHeartbeats(emulators);
    assert.deepEqual(await check(), right);
    assert.equal((await takeHeartbeats(emulators)).length, 1);
  });

  test('answers 503 to a large body while S3 refuses or is too slow, and queues no message without its body', async () => {
    fail('s3', { status: 503 }, 'PUT');
    assert.equal(await deliver('client', large), 503);
    mend();
    receiver = hasty();
    hang('s3', 'PUT');
    assert.equal(await deliver('client', large), 503);
    mend();
    receiver = startReceiver(emulators, time);
    assert.equal(await queued(), 0);
    assert.equal(await deliver('client', large), 200);
    assert.equal(await queued(), 1);
  });

  test('answers 503, not 401, while a fresh process cannot read its secrets', async () => {
    fail('secretsManager', { status: 500 });
    assert.equal(await deliver('client'), 503);
    mend();
    receiver = startReceiver(emulators, time, { secretsMs: 200 });
    hang('secretsManager');
    assert.equal(await deliver('client'), 503);
    mend();
    receiver = startReceiver(emulators, time);
    assert.equal(await deliver('client'), 200);
  });

  test('goes on with the secrets it knows while Secrets Manager is away', async () => {
    assert.equal(await deliver('client'), 200);
    fail('secretsManager', { status: 500 });
    time.now += 60_000;
    assert.equal(await deliver('client'), 200);
    time.now += 24 * 3_600_000;
    assert.equal(await deliver('client'), 200);
  });
});

describe('the receiver, when its secrets change', () => {
  let emulators: Emulators;
  before(async () => {
    emulators = await startEmulators();
  });
  after(() => emulators.close());

  const start = () => {
    const time = { now: startedAt };
    const receiver = startReceiver(emulators, time);
    const deliver = async (secret: string) => {
      const headers = { [signatureHeaders.oauth2]: sign(secret, Buffer.from(text)) };
      return (await receiver.request({ headers, body: text })).statusCode;
    };
    const check = async () => receiver.request({ method: 'GET', query: 'crc_token=abc' });
    return { time, deliver, check };
  };

  test('answers 503 until they are filled, and works within a second of it', async () => {
    emulators.secrets.ensure('default');
    const { time, deliver, check } = start();
    assert.equal(await deliver('client'), 503);
    assert.equal((await check()).statusCode, 503);
    emulators.secrets.put('default', filled({ value: 'client' }));
    time.now += 1_000;
    assert.equal((await check()).statusCode, 200);
    assert.equal(await deliver('client'), 200);
  });

  test('takes a new secret at once, and the previous one until it ends', async () => {
    emulators.secrets.put('default', filled({ value: 'old' }));
    const { time, deliver, check } = start();
    assert.equal(await deliver('old'), 200);
    const validUntil = new Date(startedAt + 3_600_000).toISOString();
    emulators.secrets.put('default', filled({ value: 'new' }, { value: 'old', validUntil }));
    time.now += 5_000;
    assert.equal(await deliver('new'), 200);
    assert.equal(await deliver('old'), 200);
    const responseToken = JSON.parse((await check()).body ?? '').response_token;
    assert.equal(responseToken, sign('new', Buffer.from('abc')));
    time.now = startedAt + 3_600_000;
    assert.equal(await deliver('old'), 401);
    assert.equal(await deliver('new'), 200);
  });

  test('forgets a secret that was taken out, within a minute and one delivery', async () => {
    emulators.secrets.put('default', filled({ value: 'current' }, { value: 'leaked' }));
    const { time, deliver } = start();
    assert.equal(await deliver('leaked'), 200);
    emulators.secrets.put('default', filled({ value: 'current' }));
    time.now += 60_000;
    await deliver('current');
    assert.equal(await deliver('leaked'), 401);
  });

  test('never answers a CRC with a secret that is older than five seconds', async () => {
    emulators.secrets.put('default', filled({ value: 'old' }));
    const { time, check } = start();
    await check();
    emulators.secrets.put('default', filled({ value: 'new' }));
    time.now += 5_000;
    assert.equal(JSON.parse((await check()).body ?? '').response_token, sign('new', Buffer.from('abc')));
  });
});
