import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBClient, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { FaultRule } from '../../../local/fault-proxy.ts';
import type { FoundEvent } from '../../../shared/domain/event.ts';
import { type Emulators, startEmulators } from '../../support/emulators.ts';
import { foundEvent, openStored, patient, type Stored } from './stored-parts.ts';

const throttled = {
  status: 400,
  body: '{"__type":"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException"}',
};

describe('the event store', () => {
  let emulators: Emulators;
  let parts: Stored;
  let raw: DynamoDBClient;
  let one: FoundEvent;
  let sequence = 0;
  const faults: (() => void)[] = [];
  /** Only of the test's own event: a call that an earlier test gave up can still be under way. */
  const fail = (rule: FaultRule) =>
    faults.push(emulators.faults.dynamodb.add({ bodyIncludes: `"${one.subjectId}"`, ...rule }));

  before(async () => {
    emulators = await startEmulators();
    parts = openStored(emulators);
    raw = new DynamoDBClient(emulators.dynamodb);
  });
  after(async () => {
    parts.close();
    raw.destroy();
    await emulators.close();
  });
  afterEach(() => {
    for (const remove of faults.splice(0)) remove();
  });
  beforeEach(() => {
    sequence += 1;
    one = foundEvent({ subjectId: `like-${sequence}` });
  });

  const put = (event: FoundEvent, deliveryId = 'delivery-1', signal = patient) =>
    parts.store.put(event, deliveryId, signal);

  const referencesOf = async (postId: string) => {
    const { Items = [] } = await raw.send(
      new QueryCommand({
        TableName: emulators.names.carriedPostsTable,
        KeyConditionExpression: 'postId = :post',
        ExpressionAttributeValues: { ':post': { S: postId } },
      }),
    );
    return Items.map(({ eventId }) => eventId?.S);
  };

  const stored = async ({ subjectId, eventId }: FoundEvent) => {
    const Key = { subjectId: { S: subjectId }, eventId: { S: eventId } };
    const { Item } = await raw.send(new GetItemCommand({ TableName: emulators.names.eventsTable, Key }));
    return Item;
  };

  test('stores an event once and tells who comes later what lies there', async () => {
    assert.deepEqual(await put({ ...one, eventUuid: '-7' }), { kind: 'stored' });
    const later = await put({ ...one, eventUuid: '8', payload: '{"other":true}' }, 'delivery-2');
    assert.deepEqual(later, { kind: 'duplicate', deliveryId: 'delivery-1', eventUuid: '-7', via: 'webhook' });
    assert.equal((await stored(one))?.payload?.S, one.payload);
  });

  test('lets one of many at a time win', async () => {
    const outcomes = await Promise.all(Array.from({ length: 30 }, (_, n) => put(one, `delivery-${n}`)));
    assert.equal(outcomes.filter(({ kind }) => kind === 'stored').length, 1);
  });

  test('recognises its own work when the answer to it was lost', async () => {
    fail({ target: 'PutItem', times: 1, respond: 'drop-answer' });
    assert.deepEqual(await put(one), { kind: 'duplicate', deliveryId: 'delivery-1', via: 'webhook' });
    assert.notEqual(await stored(one), undefined);
  });

  test('refers to the event from each post in it, save the one under which it lies', async () => {
    const [post, carried] = [`post-${sequence}`, `carried-${sequence}`];
    const event = { ...one, postId: post, carriedPostIds: [post, carried, one.subjectId] };
    await put(event);
    assert.deepEqual(await referencesOf(post), [event.eventId]);
    assert.deepEqual(await referencesOf(carried), [event.eventId]);
    assert.deepEqual(await referencesOf(one.subjectId), []);
  });

  test('stores no event whose references cannot be', async () => {
    const { carriedPostsTable } = emulators.names;
    const refusal = { status: 400, body: '{"__type":"ValidationException"}' };
    fail({ bodyIncludes: carriedPostsTable, respond: refusal });
    await assert.rejects(put({ ...one, carriedPostIds: ['post-1'] }), { name: 'ValidationException' });
    assert.equal(await stored(one), undefined);
  });

  test('takes what calls itself a post and is no key, without a reference', async () => {
    assert.deepEqual(await put({ ...one, postId: 'x'.repeat(3_000), carriedPostIds: [''] }), { kind: 'stored' });
  });

  test('repeats what the table throttles, breaks off or fails, until it is stored', async () => {
    const faults = [throttled, 'drop', { status: 500, body: '{"__type":"InternalServerError"}' }] as const;
    for (const respond of faults) fail({ target: 'PutItem', times: 2, respond });
    const before = emulators.faults.dynamodb.count('PutItem');
    assert.deepEqual(await put(one), { kind: 'stored' });
    assert.equal(emulators.faults.dynamodb.count('PutItem') - before, 7);
  });

  test('ends with the real reason when the time is over', async () => {
    fail({ target: 'PutItem', respond: throttled });
    const before = emulators.faults.dynamodb.count('PutItem');
    const time = new AbortController();
    const refused = assert.rejects(put(one, 'delivery-1', time.signal), {
      name: 'ProvisionedThroughputExceededException',
    });
    while (emulators.faults.dynamodb.count('PutItem') < before + 2) await pause(5);
    time.abort();
    await refused;
  });

  test('does not repeat what is refused', async () => {
    const respond = { status: 400, body: '{"__type":"AccessDeniedException"}' };
    fail({ target: 'PutItem', times: 1, respond });
    await assert.rejects(put(one), { name: 'AccessDeniedException' });
  });

  for (const [size, where] of [
    [340 * 1024, 'in the item'],
    [400 * 1024, 'in S3'],
    [3_000_000, 'in S3'],
  ] as const) {
    test(`keeps a payload of ${size} bytes ${where}, and it reads back the same`, async () => {
      const payload = JSON.stringify({ text: 'é'.repeat(size / 2) });
      assert.deepEqual(await put({ ...one, payload }), { kind: 'stored' });
      const item = await stored(one);
      assert.equal(item?.payloadKey === undefined, where === 'in the item');
      assert.equal(item?.payload === undefined, where === 'in S3');
      assert.equal((await parts.reader.events.get(one.eventId))?.payload, payload);
    });
  }

  test('puts the same large payload of an event under the same key', async () => {
    const payload = 'x'.repeat(400_000);
    const key = await parts.payloads.put(one.eventId, payload, patient);
    assert.match(key, /^payloads\/[0-9a-f]{64}\/[0-9a-f]{64}$/);
    assert.equal(await parts.payloads.put(one.eventId, payload, patient), key);
    assert.notEqual(await parts.payloads.put(one.eventId, `${payload}.`, patient), key);
  });

  test('names the object when a payload is gone', async () => {
    await assert.rejects(parts.payloads.get('payloads/gone'), { code: 'PAYLOAD_MISSING', message: /payloads\/gone/ });
  });
});
