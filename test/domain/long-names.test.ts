import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { itemBytes, toItem } from '../../shared/aws/event-item.ts';
import { splitOne } from './split.ts';

const long = 'é'.repeat(200_000);
const like = (name: string) => ({
  event_type: name,
  event_uuid: name,
  filter: { user_id: name },
  payload: { id: name, liked_tweet_id: name, liked_tweet_author_id: name },
});

describe('a name that no item has room for', () => {
  test('stands in the payload alone', () => {
    const { account, target, postId, eventUuid, payload } = splitOne({
      data: { ...like(long), event_type: 'like.create' },
    });
    assert.deepEqual([account, target, postId, eventUuid], [undefined, undefined, undefined, undefined]);
    assert.ok(payload.includes(long));
  });

  test('is cut where it is the type on the wire, which is then unknown', () => {
    const { type, wireType } = splitOne({ data: like(long) });
    assert.deepEqual([type, wireType], ['unknown', 'é'.repeat(4_096)]);
  });

  test('still tells its event from others', () => {
    assert.notEqual(splitOne({ data: like(long) }).eventId, splitOne({ data: like(`${long}.`) }).eventId);
  });

  test('leaves an item without its payload far below DynamoDB’s 400 KB', () => {
    for (const name of [long, '日'.repeat(4_096)]) {
      const event = splitOne({ data: like(name) });
      assert.ok(itemBytes(toItem(event, 'delivery-1', { key: 'payloads/a/b' })) < 100_000);
    }
  });
});
