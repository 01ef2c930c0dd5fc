import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { StoredEvent } from '../../shared/domain/event.ts';
import { typedEvent } from '../../shared/domain/typed-event.ts';
import { fixture, splitOne } from './split.ts';

function stored(body: string): StoredEvent {
  const { subjectId: _, carriedPostIds: __, ...event } = splitOne(body);
  return event;
}

describe('a typed event', () => {
  test('narrows its payload by type and product', () => {
    const found: string[] = [];
    for (const name of ['xaa/like.create.outbound', 'aaa/favorite_events', 'xaa/dm.sent', 'other/filtered_stream']) {
      const event = typedEvent(stored(fixture(name)));
      if (event.type === 'like.create' && event.product === 'xaa')
        found.push(event.payload.data.payload.liked_tweet_id);
      if (event.type === 'like.create' && event.product === 'aaa') {
        found.push(event.payload.favorite_events[0].favorited_status.id_str);
      }
      if (event.type === 'dm.sent' && event.product === 'xaa') {
        found.push(event.payload.data.payload.direct_message_events[0].id);
      }
      if (event.type === 'post.create' && event.product === 'filtered_stream') found.push(event.payload.data.id);
      // @ts-expect-error The payload of an event that nobody looked at has no members.
      assert.equal(event.payload.for_user_id_misspelt, undefined);
    }
    assert.deepEqual(found, [
      '2094726959723446278',
      '2107025498428145665',
      '2107033301414838280',
      '2107026001228726275',
    ]);
  });

  test('of a type that is newer than Gapless is unknown and keeps X’s name', () => {
    const event = typedEvent(stored('{"data":{"event_type":"post.pin.create","payload":{"a":1}}}'));
    assert.deepEqual([event.product, event.type, event.wireType], ['xaa', 'unknown', 'post.pin.create']);
    assert.deepEqual(event.payload, { data: { event_type: 'post.pin.create', payload: { a: 1 } } });
  });

  test('of an Account Activity entry that is not known is unknown', () => {
    assert.equal(typedEvent(stored('{"for_user_id":"1","x_events":[{"a":1}]}')).type, 'unknown');
  });

  test('that is not JSON keeps its text', () => {
    assert.equal(typedEvent(stored('not json')).payload, 'not json');
  });
});
