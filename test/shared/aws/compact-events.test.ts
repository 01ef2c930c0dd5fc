import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { packPayload } from '../../../shared/aws/packed-payload.ts';
import type { FoundEvent } from '../../../shared/domain/event.ts';
import { type Emulators, startEmulators } from '../../support/emulators.ts';
import { foundEvent, openStored, patient, type Stored } from './stored-parts.ts';

const post = JSON.stringify({
  data: { event_type: 'post.create', payload: { id: '1850000000000000001', text: 'Grüße "🌊"\n', like_count: 1.0 } },
  includes: { users: [{ id: '2244994945', public_metrics: { followers_count: 12, followers_count_str: '12' } }] },
});

describe('a table with plain and packed payloads', () => {
  let emulators: Emulators;
  let plain: Stored;
  let compact: Stored;
  let raw: DynamoDBClient;

  before(async () => {
    emulators = await startEmulators();
    plain = openStored(emulators);
    compact = openStored(emulators, { packPayload: async (payload) => packPayload(payload) });
    raw = new DynamoDBClient(emulators.dynamodb);
  });
  after(async () => {
    plain.close();
    compact.close();
    raw.destroy();
    await emulators.close();
  });

  const itemOf = async ({ subjectId, eventId }: FoundEvent) => {
    const Key = { subjectId: { S: subjectId }, eventId: { S: eventId } };
    return (await raw.send(new GetItemCommand({ TableName: emulators.names.eventsTable, Key }))).Item ?? {};
  };
  const event = (subjectId: string, changes: Partial<FoundEvent> = {}) =>
    foundEvent({ subjectId, payload: post, account: '77', ...changes });

  test('is read the same, by id and in a listing', async () => {
    const [one, other] = [event('plain-1'), event('packed-1')];
    await plain.store.put(one, 'd-1', patient);
    await compact.store.put(other, 'd-2', patient);

    assert.equal((await itemOf(one)).payload?.S, post);
    const { payload, packed, account } = await itemOf(other);
    assert.deepEqual([payload, account?.S], [undefined, '77']);
    assert.ok((packed?.B?.length ?? Number.POSITIVE_INFINITY) < post.length);
    for (const { eventId } of [one, other]) {
      assert.equal((await plain.reader.events.get(eventId))?.payload, post);
    }
    const listed = await Array.fromAsync(plain.reader.events.byAccount('77'));
    assert.deepEqual(
      listed.map(({ payload, text }) => [payload, text]),
      [one, other].map(() => [post, listed[0]?.text]),
    );
  });

  test('meets a duplicate whichever way the first one was stored', async () => {
    const one = event('both-1');
    await plain.store.put(one, 'd-1', patient);
    assert.partialDeepStrictEqual(await compact.store.put(one, 'd-2', patient), {
      kind: 'duplicate',
      deliveryId: 'd-1',
    });
    assert.equal((await itemOf(one)).payload?.S, post);
  });

  for (const [payloadFormat, payload] of [
    ['text', `not JSON: ${'{"data":{"event_type":'.repeat(20)}`],
    ['base64', Buffer.from([0xff, 0xfe, ...Buffer.from('x'.repeat(300))]).toString('base64')],
  ] as const) {
    test(`packs a payload that is ${payloadFormat}, and says what it is`, async () => {
      const one = event(`format-${payloadFormat}`, { payloadFormat, payload });
      await compact.store.put(one, 'd-1', patient);
      assert.ok((await itemOf(one)).packed);
      const read = await plain.reader.events.get(one.eventId);
      assert.deepEqual([read?.payloadFormat, read?.payload], [payloadFormat, payload]);
    });
  }

  test('keeps a payload as it is when packing makes it no smaller', async () => {
    const one = event('short-1', { payload: '7' });
    await compact.store.put(one, 'd-1', patient);
    assert.equal((await itemOf(one)).payload?.S, '7');
  });

  test('has a large payload in the item while it fits packed, else in S3 as it is', async () => {
    const repeating = event('large-1', { payload: JSON.stringify({ text: 'again '.repeat(200_000) }) });
    const noise = randomBytes(500_000).toString('base64');
    const random = event('large-2', { payloadFormat: 'base64', payload: noise });
    for (const one of [repeating, random]) {
      await compact.store.put(one, 'd-1', patient);
      assert.equal((await plain.reader.events.get(one.eventId))?.payload, one.payload);
    }

    assert.ok((await itemOf(repeating)).packed);
    const { payloadKey, packed } = await itemOf(random);
    assert.equal(packed, undefined);
    assert.equal(await plain.payloads.get(payloadKey?.S ?? ''), noise);
  });
});
