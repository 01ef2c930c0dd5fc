import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { type Recorder, startRecorder } from './recorder.ts';
import { day, delivered, follows, heartbeat, like, receivedAt } from './sqs-event.ts';

const denied = { status: 400, body: '{"__type":"AccessDeniedException"}' };
const minuteMs = 60_000;

/** A made-up like that occurred so long before it was received. */
const likeOf = (id: string, agoMs: number, more: object = {}) => {
  const timestamp = String(Date.parse(receivedAt) - agoMs);
  const payload = { id, liked_tweet_id: '500', timestamp_ms: timestamp };
  const data = { event_uuid: id, event_type: 'like.create', filter: { user_id: '9001' }, payload };
  return delivered(JSON.stringify({ data, ...more }));
};

describe('what the recorder tells the gap ledger', () => {
  let recorder: Recorder;
  beforeEach(async () => {
    recorder = await startRecorder();
  });
  afterEach(() => recorder.close());

  const minute = async () => (await recorder.ledger(`coverage#default#${day}`))['10:07#0'];
  const late = (onDay = day) => recorder.ledger(`late#default#${onDay}`);
  const writesOf = async (record: () => Promise<unknown>) => {
    const writes = () => recorder.emulators.faults.dynamodb.count('UpdateItem');
    const before = writes();
    await record();
    return writes() - before;
  };

  describe('of a heartbeat', () => {
    test('is when it came and whether X signed it, once however often its message comes, and no delivery', async () => {
      assert.deepEqual(await recorder.record([heartbeat('m-1'), delivered(like('a1'))]), []);
      assert.deepEqual(await recorder.record([heartbeat('m-1')]), []);
      assert.deepEqual(await recorder.ledger('heartbeats#default'), { [`${receivedAt}#m-1`]: { proven: true } });
      assert.deepEqual(await recorder.coverage(), { deliveries: 1, events: 1, stored: 1, duplicates: 0, unknown: 0 });
      assert.equal((await recorder.events()).length, 1);
    });

    test('waits in the queue while the ledger takes no write, and holds up no delivery', async () => {
      recorder.emulators.faults.dynamodb.add({ bodyIncludes: 'heartbeats#', respond: denied });
      assert.deepEqual(await recorder.record([heartbeat('m-1'), delivered(like('a1'))]), ['m-1']);
      assert.equal((await recorder.events()).length, 1);
    });

    test('shows that everything else works when a record fails by its own fault', async () => {
      const respond = { status: 400, body: '{"__type":"ValidationException"}' };
      recorder.emulators.faults.dynamodb.add({ target: 'PutItem', bodyIncludes: 'poison', respond });
      recorder.emulators.faults.dynamodb.add({ bodyIncludes: '"probe"', respond: denied });
      assert.deepEqual(await recorder.record([delivered(like('poison'), { receiveCount: 5 }), heartbeat()]), []);
      assert.equal((await recorder.takeDead()).length, 1);
    });
  });

  describe('of an event that occurred nine minutes before it came', () => {
    test('is that a replay brought it, and in which minute it occurred', async () => {
      await recorder.record([likeOf('a1', 9 * minuteMs - 1), likeOf('a2', 9 * minuteMs), likeOf('a3', 9.5 * minuteMs)]);
      const { deliveries, stored, replayed, storedLate, duplicatesLate } = (await minute()) ?? {};
      assert.deepEqual(
        { deliveries, stored, replayed, storedLate, duplicatesLate },
        { deliveries: 3, stored: 3, replayed: 2, storedLate: 2, duplicatesLate: 0 },
      );
      assert.deepEqual(await late(), { '09:58#0': { stored: 2 } });
    });

    test('counts once, by the day on which it occurred', async () => {
      const old = () => likeOf('a1', 24 * 60 * minuteMs);
      await recorder.record([old(), old()]);
      await recorder.record([old()]);
      const { replayed, storedLate, duplicatesLate } = (await minute()) ?? {};
      assert.deepEqual({ replayed, storedLate, duplicatesLate }, { replayed: 3, storedLate: 1, duplicatesLate: 2 });
      assert.deepEqual([await late(), await late('2026-11-20')], [{}, { '10:07#0': { stored: 1 } }]);
    });

    test('is not counted in the minute of receipt unless it is in its own', async () => {
      const remove = recorder.emulators.faults.dynamodb.add({ bodyIncludes: 'late#', respond: denied });
      const [recent, old] = [likeOf('a1', 0), likeOf('a2', 60 * minuteMs)];
      assert.deepEqual(await recorder.record([recent, old]), [recent.messageId, old.messageId]);
      assert.equal(await minute(), undefined);
      remove();
      assert.deepEqual(await recorder.record([recent, old]), []);
      assert.deepEqual(await late(), { '09:07#0': { stored: 1 } });
      assert.equal((await minute())?.storedLate, 1);
    });
  });

  test('of an event that says that it is replayed is the same, however young it is', async () => {
    await recorder.record([likeOf('a1', 0, { meta: { replay: true } })]);
    assert.equal((await minute())?.replayed, 1);
    assert.deepEqual(await late(), { '10:07#0': { stored: 1 } });
  });

  test('of an event without a time is that it came', async () => {
    const data = { event_uuid: '1', event_type: 'post.delete', filter: { user_id: '9001' }, payload: { id: '7' } };
    await recorder.record([delivered(JSON.stringify({ data }))]);
    assert.equal((await minute())?.replayed, 0);
  });

  test('of each product is how many of its events came', async () => {
    const stream = delivered('{"data":{"id":"1850000000000000001","text":"made up"},"matching_rules":[{"id":"1"}]}');
    await recorder.record([delivered(follows('7', '8')), delivered(like('a1')), stream, delivered('no JSON')]);
    const { events, unknown, aaa, xaa, filtered_stream } = (await minute()) ?? {};
    assert.deepEqual(
      { events, unknown, aaa, xaa, filtered_stream },
      { events: 5, unknown: 1, aaa: 2, xaa: 1, filtered_stream: 1 },
    );
  });

  test('of types is one write for a batch and day, whatever names X may invent', async () => {
    const invented = (name: string) =>
      delivered(
        JSON.stringify({ data: { event_uuid: name, event_type: name, filter: { user_id: '9001' }, payload: {} } }),
      );
    await recorder.record([delivered(like('a0'))]);
    const batch = [like('a1'), like('a2'), follows('7'), 'no JSON'].map((body) => delivered(body));
    const names = Array.from({ length: 200 }, (_, n) => invented(`thing${n}.happened`));
    assert.equal(await writesOf(() => recorder.record([...batch, ...names])), 2, 'the types and the coverage');
    assert.deepEqual(await recorder.ledger(`counts#${day}`), {
      0: { 'like.create': 3, 'follow.follow': 1, unknown: 201 },
    });
    assert.ok(
      (await recorder.events()).some(({ type }) => type === 'thing7.happened'),
      'the events keep their names',
    );
  });

  test('of a replayed batch that was stored before is one write: its coverage', async () => {
    const batch = () => Array.from({ length: 10 }, (_, n) => likeOf(`a${n}`, (20 + n) * minuteMs));
    assert.equal(await writesOf(() => recorder.record(batch())), 2 + 2 + 10, 'marks, coverage and types, minutes');
    assert.equal(await writesOf(() => recorder.record(batch())), 1);
  });
});
