import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { FaultAnswer } from '../../../local/fault-proxy.ts';
import { type Recorder, startRecorder } from './recorder.ts';
import { delivered, follows, like, type Queued } from './sqs-event.ts';

const failing = (name: string, status = 400) => ({ status, body: JSON.stringify({ __type: name }) });
const throttling = failing('ProvisionedThroughputExceededException');
const refusal = failing('ValidationException');

describe('the recorder, when AWS fails', () => {
  let recorder: Recorder;

  beforeEach(async () => {
    recorder = await startRecorder();
  });
  afterEach(() => recorder.close());

  const fail = (target: string, respond: FaultAnswer, bodyIncludes = '') =>
    recorder.emulators.faults.dynamodb.add({ target, respond, bodyIncludes });
  const stored = async () => (await recorder.events()).length;

  test('stores everything while the table throttles half the writes', async () => {
    let draws = 0;
    const random = () => {
      draws += 1;
      return draws % 2;
    };
    recorder.emulators.faults.dynamodb.add({ probability: 0.5, random, respond: throttling, target: 'PutItem' });
    const batch = Array.from({ length: 50 }, (_, n) => delivered(like(`a${n}`)));
    assert.deepEqual(await recorder.record(batch), []);
    assert.ok(draws > 150, 'each like is a put and a reference, and half of the tries were throttled');
    assert.equal(await stored(), 50);
    assert.equal((await recorder.coverage()).stored, 50);
  });

  test('gives back what it could not store in its time, and counts the rest', async () => {
    fail('PutItem', throttling, 'like-b');
    const [a, b] = [delivered(like('like-a')), delivered(like('like-b'))];
    assert.deepEqual(await recorder.recordUntilStored(1, [a, b]), [b.messageId]);
    assert.equal(await stored(), 1);
    assert.deepEqual(await recorder.coverage(), { deliveries: 1, events: 1, stored: 1, duplicates: 0, unknown: 0 });
  });

  test('gives back a record of which one event failed, and counts it once when it is done', async () => {
    const remove = fail('PutItem', failing('AccessDeniedException'), 'second');
    const delivery = delivered(follows('first', 'second'));
    assert.deepEqual(await recorder.record([delivery]), [delivery.messageId]);
    assert.equal((await recorder.coverage()).deliveries, 0);
    remove();
    assert.deepEqual(await recorder.record([delivery]), []);
    assert.deepEqual(await recorder.coverage(), { deliveries: 1, events: 2, stored: 2, duplicates: 0, unknown: 0 });
  });

  test('fails who waits for the put of another record together with it', async () => {
    const remove = fail('PutItem', failing('AccessDeniedException'));
    const batch = [delivered(like('a1')), delivered(like('a1'))];
    assert.deepEqual(
      await recorder.record(batch),
      batch.map(({ messageId }) => messageId),
    );
    remove();
    assert.deepEqual(await recorder.record(batch), []);
    assert.deepEqual(await recorder.coverage(), { deliveries: 2, events: 2, stored: 1, duplicates: 1, unknown: 0 });
  });

  test('counts as stored what it stored though the answer was lost', async () => {
    recorder.emulators.faults.dynamodb.add({ target: 'PutItem', times: 2, respond: 'drop-answer' });
    assert.deepEqual(await recorder.record([delivered(like('a1'))]), []);
    assert.equal(await stored(), 1);
    assert.deepEqual(await recorder.coverage(), { deliveries: 1, events: 1, stored: 1, duplicates: 0, unknown: 0 });
  });

  test('stores no event on a day that is not marked', async () => {
    const remove = fail('UpdateItem', failing('AccessDeniedException'), '"days"');
    const delivery = delivered(like('a1'));
    assert.deepEqual(await recorder.record([delivery]), [delivery.messageId]);
    remove();
    assert.equal(await stored(), 0);
    assert.deepEqual(await recorder.record([delivery]), []);
    assert.equal(await stored(), 1);
  });

  test('gives back the batch whose types could not be counted, before any of its coverage is', async () => {
    const remove = fail('UpdateItem', failing('AccessDeniedException'), '"counts#');
    const batch = [delivered(like('a1')), delivered(follows('7'))];
    assert.deepEqual(
      await recorder.record(batch),
      batch.map(({ messageId }) => messageId),
    );
    remove();
    assert.equal((await recorder.coverage()).deliveries, 0);
    assert.deepEqual(await recorder.record(batch), []);
    assert.deepEqual(await recorder.coverage(), { deliveries: 2, events: 2, stored: 2, duplicates: 0, unknown: 0 });
  });

  test('gives back only the minute that could not be counted', async () => {
    const at = (time: string): Partial<Queued> => {
      const { attributes } = delivered('');
      return { attributes: { ...attributes, encoding: 'text', receivedAt: time } };
    };
    const [a, b] = [
      delivered(like('a1'), at('2026-11-21T10:08:00.000Z')),
      delivered(like('a2'), at('2026-11-21T10:09:00.000Z')),
    ];
    fail('UpdateItem', failing('AccessDeniedException'), '10:09#');
    assert.deepEqual(await recorder.record([a, b]), [b.messageId]);
    assert.equal((await recorder.coverage()).deliveries, 1);
  });

  describe('because of the record itself', () => {
    const poison = (receiveCount: number) => delivered(like('poison'), { receiveCount });
    const reason = async () => (await recorder.takeDead()).map(({ attributes }) => attributes.cause);

    test('buries it at its fifth receipt, since its neighbours succeed', async () => {
      fail('PutItem', refusal, 'like.create:9001:poison');
      const first = poison(4);
      assert.deepEqual(await recorder.record([first, delivered(like('a1'))]), [first.messageId]);
      assert.deepEqual(await reason(), []);

      const fifth = poison(5);
      assert.deepEqual(await recorder.record([delivered(like('a2')), fifth]), []);
      const [letter] = await recorder.takeDead();
      assert.equal(letter?.body, fifth.body);
      assert.deepEqual(letter?.attributes, {
        ...fifth.attributes,
        cause: 'POISON_RECORD',
        causeDetail: 'ValidationException',
      });
      assert.equal(await stored(), 2);
    });

    test('buries it alone in its batch when the ledger takes a write', async () => {
      fail('PutItem', refusal, 'like.create:9001:poison');
      assert.deepEqual(await recorder.record([poison(5)]), []);
      assert.deepEqual(await reason(), ['POISON_RECORD']);
    });

    test('keeps it in the queue when nothing shows that the rest works', async () => {
      fail('PutItem', refusal, 'poison');
      const remove = fail('UpdateItem', failing('AccessDeniedException'), '"probe"');
      const alone = poison(9);
      assert.deepEqual(await recorder.record([alone]), [alone.messageId]);
      remove();
      const two = [poison(9), delivered(like('poison-2'), { receiveCount: 9 })];
      assert.deepEqual(
        await recorder.record(two),
        two.map(({ messageId }) => messageId),
      );
      assert.deepEqual(await reason(), []);
    });

    for (const [name, answer] of [
      ['throttling', throttling],
      ['an outage', failing('InternalServerError', 500)],
      ['a broken network', 'drop'],
    ] as const) {
      test(`does not take ${name} for its fault, whatever its neighbours do`, async () => {
        fail('PutItem', answer, 'like.create:9001:poison');
        const delivery = poison(100);
        const given = await recorder.recordUntilStored(1, [delivery, delivered(like('a1'))]);
        assert.deepEqual(given, [delivery.messageId]);
        assert.deepEqual(await reason(), []);
      });
    }

    for (const [name, answer] of [
      ['a missing permission', failing('AccessDeniedException')],
      ['a missing table', failing('ResourceNotFoundException')],
    ] as const) {
      test(`does not take ${name} for its fault, whatever its neighbours do`, async () => {
        fail('PutItem', answer, 'like.create:9001:poison');
        const delivery = poison(100);
        assert.deepEqual(await recorder.record([delivery, delivered(like('a1'))]), [delivery.messageId]);
        assert.deepEqual(await reason(), []);
      });
    }

    test('gives it back when the dead-letter queue does not take it', async () => {
      fail('PutItem', refusal, 'like.create:9001:poison');
      recorder.emulators.faults.sqs.add({ target: 'SendMessage', respond: failing('AccessDeniedException', 403) });
      const delivery = poison(5);
      assert.deepEqual(await recorder.record([delivery, delivered(like('a1'))]), [delivery.messageId]);
    });
  });
});
