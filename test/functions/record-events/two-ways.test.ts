import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { type Recorder, startRecorder } from './recorder.ts';
import { day, delivered, follows, like, receivedAt, streamed } from './sqs-event.ts';

const hourMs = 3_600_000;

/** A made-up like that occurred so long before it came. */
const old = (id: string, agoMs = hourMs) => {
  const payload = { id, liked_tweet_id: '500', timestamp_ms: String(Date.parse(receivedAt) - agoMs) };
  return JSON.stringify({
    data: { event_uuid: id, event_type: 'like.create', filter: { user_id: '9001' }, payload },
  });
};

describe('what comes by the webhook and by the stream', () => {
  let recorder: Recorder;
  beforeEach(async () => {
    recorder = await startRecorder();
  });
  afterEach(() => recorder.close());

  const minute = async (of: 'coverage' | 'streamed') =>
    (await recorder.ledger(`${of}#default#${day}`))['10:07#0'] ?? {};
  const duplicates = async (of: 'coverage' | 'streamed') => {
    const { events, stored, duplicates: all, duplicatesLate, duplicatesOtherWay } = await minute(of);
    return { events, stored, duplicates: all, duplicatesLate, duplicatesOtherWay };
  };
  const vias = async () =>
    Object.fromEntries(
      (await recorder.events()).map(({ eventId, via }) => [eventId.split(':').at(-1), via]).toSorted(),
    );

  test('is stored once, and `via` shows which way was first', async () => {
    await recorder.record([delivered(like('a1')), streamed(like('a2'))]);
    await recorder.record([streamed(like('a1')), delivered(like('a2')), streamed(like('a3'), 'backfill')]);
    assert.deepEqual(await vias(), { a1: 'webhook', a2: 'stream', a3: 'backfill' });
  });

  test('is counted apart, its duplicates by cause', async () => {
    await recorder.record([delivered(like('a1')), streamed(like('a2'))]);
    // Each way again, each way of what the other one brought, and two that only the stream brings.
    await recorder.record([delivered(like('a1')), delivered(like('a2')), delivered(follows('7'))]);
    await recorder.record([streamed(like('a1')), streamed(like('a2')), streamed(like('a3')), streamed(like('a3'))]);
    assert.deepEqual(await duplicates('coverage'), {
      events: 4,
      stored: 2,
      duplicates: 2,
      duplicatesLate: 0,
      duplicatesOtherWay: 1,
    });
    assert.deepEqual(await duplicates('streamed'), {
      events: 5,
      stored: 2,
      duplicates: 3,
      duplicatesLate: 0,
      duplicatesOtherWay: 1,
    });
  });

  test('is a duplicate of the other way within one batch too', async () => {
    await recorder.record([delivered(like('a1')), streamed(like('a1')), streamed(like('a1'))]);
    assert.equal((await minute('coverage')).duplicates, 0);
    assert.deepEqual(await duplicates('streamed'), {
      events: 2,
      stored: 0,
      duplicates: 2,
      duplicatesLate: 0,
      duplicatesOtherWay: 2,
    });
  });

  test('is late by the webhook only: what the stream fills back is no replay, however old', async () => {
    await recorder.record([
      streamed(old('a1'), 'backfill'),
      streamed(JSON.stringify({ ...JSON.parse(old('a2')), meta: { replay: true } })),
    ]);
    const { stored, replayed, storedLate, backfilled, storedBackfill } = await minute('streamed');
    assert.deepEqual([stored, replayed, storedLate, backfilled, storedBackfill], [2, 0, 0, 1, 1]);
    await recorder.record([delivered(old('a1'))]);
    assert.deepEqual(await duplicates('coverage'), {
      events: 1,
      stored: 0,
      duplicates: 1,
      duplicatesLate: 1,
      duplicatesOtherWay: 0,
    });
  });

  test('by the stream proves nothing about the webhook', async () => {
    await recorder.record([streamed(like('a1'))]);
    assert.equal(await recorder.reader.lastDelivery('default'), undefined);
    assert.deepEqual(await recorder.ledger('coverage#default'), {});
    assert.deepEqual(Object.keys(await recorder.ledger('streamed#default')), [day]);
  });

  test('adds up: every event found is stored or a duplicate, whichever way it came first', async () => {
    const ids = Array.from({ length: 40 }, (_, n) => `b${n}`);
    await Promise.all([
      recorder.record(ids.map((id) => delivered(like(id)))),
      recorder.record(ids.map((id) => streamed(like(id)))),
    ]);
    const [webhook, stream] = [await duplicates('coverage'), await duplicates('streamed')];
    assert.equal((await recorder.events()).length, 40);
    assert.equal(Number(webhook.stored) + Number(stream.stored), 40);
    for (const { events, stored, duplicates: all, duplicatesOtherWay } of [webhook, stream]) {
      assert.equal(events, Number(stored) + Number(all));
      assert.equal(duplicatesOtherWay, all);
    }
  });
});
