import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { toClaimCheckMessage } from '../../../shared/aws/delivery-message.ts';
import { type Recorder, startRecorder } from './recorder.ts';
import { delivered, follows, heartbeat, like, receivedAt } from './sqs-event.ts';

const key = 'deliveries/2026-11-21/0b8ee1a2-7f5c-4d0e-9a34-1c2d3e4f5a6b';
const claimChecked = (text: string) => {
  const accepted = {
    app: 'default',
    via: 'webhook',
    scheme: 'oauth2',
    receivedAt,
    traceId: 'trace-1',
    body: Buffer.from(text),
  } as const;
  return toClaimCheckMessage(accepted, key);
};

describe('the recorder', () => {
  let recorder: Recorder;

  beforeEach(async () => {
    recorder = await startRecorder();
  });
  afterEach(() => recorder.close());

  const payloads = async () => (await recorder.events()).map(({ payload }) => payload);

  test('stores each event of a batch, counts it, and leaves nothing in the queue', async () => {
    assert.deepEqual(await recorder.record([delivered(like('a1')), delivered(follows('7', '8', '9'))]), []);
    assert.equal((await recorder.events()).length, 4);
    assert.deepEqual(await recorder.coverage(), { deliveries: 2, events: 4, stored: 4, duplicates: 0, unknown: 0 });
    const counts = await recorder.reader.typeCounts();
    assert.deepEqual(Object.fromEntries(counts.map(({ type, stored }) => [type, stored])), {
      'like.create': 1,
      'follow.follow': 3,
    });
    assert.equal(await recorder.reader.lastDelivery('default'), receivedAt);
  });

  test('stores an event once, however often and in whatever batch it comes', async () => {
    await recorder.record([delivered(like('a1')), delivered(like('a2'))]);
    await recorder.record([delivered(like('a2')), delivered(like('a1')), delivered(like('a1', { uuid: '-5' }))]);
    assert.equal((await recorder.events()).length, 2);
    assert.deepEqual(await recorder.coverage(), { deliveries: 5, events: 5, stored: 2, duplicates: 3, unknown: 0 });
  });

  test('puts an event that several records of a batch carry only once', async () => {
    const puts = () => recorder.emulators.faults.dynamodb.count('PutItem');
    assert.deepEqual(await recorder.record(Array.from({ length: 20 }, () => delivered(follows('7')))), []);
    assert.equal(puts(), 1);
    assert.deepEqual(await recorder.coverage(), { deliveries: 20, events: 20, stored: 1, duplicates: 19, unknown: 0 });
  });

  test('ends as one stored event when the same batch comes twice at a time', async () => {
    const batch = Array.from({ length: 20 }, (_, n) => delivered(like(`a${n}`)));
    assert.deepEqual(await Promise.all([recorder.record(batch), recorder.record(batch)]), [[], []]);
    assert.equal((await recorder.events()).length, 20);
    assert.deepEqual(new Set((await recorder.events()).map(({ eventId }) => eventId)).size, 20);
  });

  test('counts what an earlier attempt at the same delivery stored as stored', async () => {
    const delivery = delivered(like('a1'));
    // The event is stored, the count is not, the record goes back to the queue.
    const respond = { status: 400, body: '{"__type":"AccessDeniedException"}' };
    const remove = recorder.emulators.faults.dynamodb.add({ target: 'UpdateItem', bodyIncludes: 'coverage#', respond });
    assert.deepEqual(await recorder.record([delivery]), [delivery.messageId]);
    remove();
    assert.deepEqual(await recorder.coverage(), { deliveries: 0, events: 0, stored: 0, duplicates: 0, unknown: 0 });
    assert.deepEqual(await recorder.record([{ ...delivery, receiveCount: 2 }]), []);
    assert.deepEqual(await recorder.coverage(), { deliveries: 1, events: 1, stored: 1, duplicates: 0, unknown: 0 });
  });

  test('counts the same when the delivery comes back from the dead-letter queue, as a message with another id', async () => {
    const sent = delivered(follows('7', '8'));
    const delivery = { ...sent, attributes: { ...sent.attributes, deliveryId: 'own-1' }, receiveCount: 5 };
    const { dynamodb } = recorder.emulators.faults;
    const respond = { status: 400, body: '{"__type":"ValidationException"}' };
    const remove = dynamodb.add({ target: 'PutItem', times: 1, respond });
    assert.deepEqual(await recorder.record([delivery, heartbeat()]), []);
    remove();
    const [letter = assert.fail('no dead letter')] = await recorder.takeDead();
    assert.equal((await recorder.events()).length, 1, 'stored in its first life, and not counted');
    assert.deepEqual(await recorder.record([{ ...letter, messageId: 'moved-back', receiveCount: 1 }]), []);
    assert.deepEqual(await recorder.coverage(), { deliveries: 1, events: 2, stored: 2, duplicates: 0, unknown: 0 });
  });

  test('keeps every digit, escape and depth of a payload', async () => {
    const deep = `${'['.repeat(100)}1${']'.repeat(100)}`;
    const body = `{"data":{"event_uuid":"1","event_type":"like.create","filter":{"user_id":"9001"},"payload":{"id":"a1","n":[1.0,-0,123456789012345678901234567890,1e400],"s":"\\ud800 \\/ \\u00e9 é","deep":${deep}}}}`;
    await recorder.record([delivered(body)]);
    assert.deepEqual(await payloads(), [body]);
  });

  test('keeps the digits of each entry of a body that is several events', async () => {
    const body = follows('7', '8').replaceAll('"target"', '"n":1.0,"long":123456789012345678901234567890,"target"');
    await recorder.record([delivered(body)]);
    const found = await payloads();
    assert.equal(found.length, 2);
    for (const payload of found) {
      assert.match(payload, /"n":1\.0,"long":123456789012345678901234567890/);
    }
  });

  test('stores what is no JSON, no UTF-8 or nothing at all as unknown, and counts it', async () => {
    const bodies = ['not json', Buffer.from([0xff, 0x00]), ''];
    assert.deepEqual(await recorder.record(bodies.map((body) => delivered(body))), []);
    assert.deepEqual(
      (await recorder.events()).map(({ payload, payloadFormat }) => `${payloadFormat}:${payload}`).toSorted(),
      ['base64:/wA=', 'text:', 'text:not json'],
    );
    assert.deepEqual(await recorder.coverage(), { deliveries: 3, events: 3, stored: 3, duplicates: 0, unknown: 3 });
  });

  test('reads a body that was too large for the queue back from S3', async () => {
    const body = like('a1', { text: 'made up '.repeat(200_000) });
    await recorder.claimChecks.put(key, Buffer.from(body));
    assert.deepEqual(await recorder.record([delivered('', claimChecked(body))]), []);
    assert.deepEqual(await payloads(), [body]);
    const { names, faults } = recorder.emulators;
    assert.ok(faults.s3.count('PUT') >= 2, `the claim check and the payload lie in ${names.bucket}`);
  });

  test('records that a replay job ended, which is no event', async () => {
    const status = { webhook_id: '7', job_id: '99', job_state: 'Complete', job_state_description: 'made up' };
    assert.deepEqual(await recorder.record([delivered(JSON.stringify({ replay_job_status: status }))]), []);
    assert.deepEqual(await recorder.events(), []);
    assert.deepEqual(await recorder.coverage(), { deliveries: 1, events: 0, stored: 0, duplicates: 0, unknown: 0 });
  });

  test('buries a lost claim check and a message that is none of ours, each with its cause', async () => {
    const lost = delivered('', claimChecked('gone'));
    const foreign = delivered(like('a1'), { attributes: { via: 'webhook' } });
    assert.deepEqual(await recorder.record([lost, foreign, delivered(like('a2'))]), []);
    assert.equal((await recorder.events()).length, 1);
    const dead = await recorder.takeDead();
    assert.deepEqual(dead.map(({ attributes }) => [attributes.cause, attributes.causeDetail]).toSorted(), [
      ['CLAIM_CHECK_LOST', key],
      ['MESSAGE_MALFORMED', 'the attribute app is missing'],
    ]);
    // As it came, so that moving it back is a second try.
    assert.ok(dead.some(({ body, attributes }) => body === lost.body && attributes.encoding === 's3'));
    assert.deepEqual(await recorder.coverage(), { deliveries: 1, events: 1, stored: 1, duplicates: 0, unknown: 0 });
  });
});
