import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { accountShard, indexKeys } from '../../../shared/aws/index-keys.ts';
import { shardCount } from '../../../shared/domain/shards.ts';

const occurredAt = '2026-11-21T10:00:00.000Z';

describe('the index keys of an event', () => {
  // Stored items contain them: a change here is a migration of every table there is.
  test('never change', () => {
    assert.deepEqual(indexKeys({ eventId: 'default:xaa:like.create:9001:like-1', account: '9001', occurredAt }), {
      accountShard: '9001#2',
      dayShard: '2026-11-21#2',
      position: '2026-11-21T10:00:00.000Z#7ee33eda98dcb435',
    });
  });

  test('spread over all shards', () => {
    const shards = Array.from({ length: 400 }, (_, n) => indexKeys({ eventId: `e${n}`, occurredAt }).dayShard);
    const sizes = [...Map.groupBy(shards, (shard) => shard).values()].map(({ length }) => length);
    assert.equal(sizes.length, shardCount);
    assert.ok(Math.min(...sizes) > 60, `${sizes}`);
  });

  test('order events by time first, and no two of one millisecond alike', () => {
    const at = (eventId: string, time: string) => indexKeys({ eventId, occurredAt: time }).position;
    assert.ok(at('a', '2026-11-21T10:00:00.000Z') < at('b', '2026-11-21T10:00:00.001Z'));
    assert.notEqual(at('a', occurredAt), at('b', occurredAt));
  });

  test('hold a keyword of any length and kind within what DynamoDB takes', () => {
    assert.equal(accountShard('#aws', 1), '#aws#1');
    assert.match(accountShard('é'.repeat(600), 1), /^h-[0-9a-f]{64}#1$/);
    assert.equal(accountShard('a\ud800', 0), 'a\ufffd#0');
  });
});
