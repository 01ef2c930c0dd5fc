import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import fc from 'fast-check';
import type { ListOptions } from '../../../shared/aws/event-reader/listing.ts';
import { eventOf, type Reading, startReading, subjectsOf } from './reading.ts';

const instant = (ms: number) => new Date(ms).toISOString();
const start = Date.parse('2026-11-21T10:00:00.000Z');

describe('the reader', () => {
  let reading: Reading;
  let account: string;
  let sequence = 0;

  before(async () => {
    reading = await startReading();
  });
  after(() => reading.close());
  beforeEach(() => {
    sequence += 1;
    account = `90${sequence}`;
  });

  const byAccount = (options?: ListOptions) =>
    Array.fromAsync(reading.reader.events.byAccount(account, options)).then(subjectsOf);

  test('gives one event by its id, with its text and without what is ours', async () => {
    const payload = '{"data":{"event_type":"post.create","payload":{"id":"1","text":"made up"}}}';
    const event = eventOf(account, 'one', instant(start), {
      type: 'post.create',
      payload,
      actor: '7',
      eventUuid: '-1',
    });
    await reading.store(event);
    const { carriedPostIds, subjectId, ...shown } = event;
    assert.deepEqual(await reading.reader.events.get(event.eventId), { ...shown, text: 'made up' });
    for (const id of ['default:xaa:like.create:1:none', 'none']) {
      assert.equal(await reading.reader.events.get(id), undefined);
    }
  });

  test('lists an account’s events over all shards, newest first or oldest first', async () => {
    const names = Array.from({ length: 24 }, (_, n) => `e${n}`);
    await reading.store(...names.map((name, n) => eventOf(account, name, instant(start + n))));
    await reading.store(eventOf('somebody', 'else', instant(start)));
    assert.deepEqual(await byAccount({ order: 'oldest-first' }), names);
    assert.deepEqual(await byAccount(), names.toReversed());
    assert.deepEqual(await byAccount({ limit: 3 }), ['e23', 'e22', 'e21']);
    assert.deepEqual(await byAccount({ limit: 0 }), []);
  });

  test('takes the beginning of a range and not its end', async () => {
    await reading.store(...[0, 1, 2, 3].map((n) => eventOf(account, `e${n}`, instant(start + n))));
    assert.deepEqual(await byAccount({ from: instant(start + 1), to: instant(start + 3) }), ['e2', 'e1']);
    assert.deepEqual(await byAccount({ from: '2026-11-21T12:00:00.002+02:00' }), ['e3', 'e2']);
    assert.deepEqual(await byAccount({ from: instant(start + 3), to: instant(start) }), []);
  });

  test('lists one type, however rare', async () => {
    const likes = Array.from({ length: 60 }, (_, n) => eventOf(account, `like-${n}`, instant(start + n)));
    await reading.store(...likes, eventOf(account, 'follow', instant(start + 5), { type: 'follow.follow' }));
    assert.deepEqual(await byAccount({ type: 'follow.follow', limit: 1 }), ['follow']);
    assert.deepEqual(await byAccount({ type: 'dm.sent' }), []);
  });

  test('has no largest limit: it reads on over pages of the index and batches of items', async () => {
    const count = 2_300;
    await reading.writeItems(Array.from({ length: count }, (_, n) => eventOf(account, `e${n}`, instant(start + n))));
    const expected = Array.from({ length: count }, (_, n) => `e${count - 1 - n}`);
    assert.deepEqual(await byAccount({ limit: 100_000 }), expected);
    assert.deepEqual(await byAccount({ limit: 2_001 }), expected.slice(0, 2_001));
  });

  test('goes on exactly where it was left, whatever the order, the page and the events of one millisecond', async () => {
    const times = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 25 });
    const orders = fc.constantFrom('newest-first' as const, 'oldest-first' as const);
    let run = 0;
    await fc.assert(
      fc.asyncProperty(times, orders, fc.integer({ min: 1, max: 7 }), async (offsets, order, limit) => {
        run += 1;
        account = `property-${sequence}-${run}`;
        await reading.store(...offsets.map((ms, n) => eventOf(account, `e${n}`, instant(start + ms))));
        const whole = await byAccount({ order });
        assert.deepEqual(whole.toSorted(), offsets.map((_, n) => `e${n}`).toSorted());

        const pieces: string[] = [];
        let cursor: string | undefined;
        for (;;) {
          const options = { order, limit, ...(cursor === undefined ? {} : { cursor }) };
          const piece = await Array.fromAsync(reading.reader.events.byAccount(account, options));
          pieces.push(...subjectsOf(piece));
          cursor = piece.at(-1)?.cursor;
          if (cursor === undefined) break;
        }
        assert.deepEqual(pieces, whole);
      }),
      { numRuns: 25 },
    );
  });

  test('lets go when its consumer stops', async () => {
    await reading.store(...Array.from({ length: 300 }, (_, n) => eventOf(account, `e${n}`, instant(start + n))));
    const seen: string[] = [];
    for await (const event of reading.reader.events.byAccount(account)) {
      seen.push(event.eventId);
      if (seen.length === 2) break;
    }
    assert.deepEqual(subjectsOf(seen.map((eventId) => ({ eventId }))), ['e299', 'e298']);
  });

  test('asks again for what the table did not give', async () => {
    await reading.store(...[0, 1, 2].map((n) => eventOf(account, `e${n}`, instant(start + n))));
    const keys = [0, 1].map((n) => ({
      subjectId: { S: `e${n}` },
      eventId: { S: `default:xaa:like.create:${account}:e${n}` },
    }));
    const table = reading.emulators.names.eventsTable;
    const body = JSON.stringify({ Responses: { [table]: [] }, UnprocessedKeys: { [table]: { Keys: keys } } });
    reading.emulators.faults.dynamodb.add({ target: 'BatchGetItem', times: 1, respond: { status: 200, body } });
    assert.deepEqual(await byAccount(), ['e2', 'e1', 'e0']);
  });

  test('asks consistently for what an index knew before the replica that answered', async () => {
    await reading.store(...[0, 1].map((n) => eventOf(account, `e${n}`, instant(start + n))));
    const body = JSON.stringify({ Responses: { [reading.emulators.names.eventsTable]: [] }, UnprocessedKeys: {} });
    reading.emulators.faults.dynamodb.add({ target: 'BatchGetItem', times: 1, respond: { status: 200, body } });
    assert.deepEqual(await byAccount(), ['e1', 'e0']);
  });

  test('says so when the table gives nothing for long', async () => {
    await reading.store(eventOf(account, 'e0', instant(start)));
    const table = reading.emulators.names.eventsTable;
    const keys = [{ subjectId: { S: 'e0' }, eventId: { S: `default:xaa:like.create:${account}:e0` } }];
    const body = JSON.stringify({ Responses: {}, UnprocessedKeys: { [table]: { Keys: keys } } });
    const remove = reading.emulators.faults.dynamodb.add({ target: 'BatchGetItem', respond: { status: 200, body } });
    await assert.rejects(byAccount(), { code: 'TABLE_THROTTLED' });
    remove();
  });

  for (const [name, options] of [
    ['a time', { from: 'yesterday' }],
    ['a year of four digits', { to: '+012026-01-01T00:00:00.000Z' }],
    ['a cursor', { cursor: 'e1' }],
    ['a number of events', { limit: 1.5 }],
  ] as const) {
    test(`refuses what is not ${name}`, async () => {
      assert.throws(() => reading.reader.events.byAccount(account, options), { code: 'USAGE' });
    });
  }
});
