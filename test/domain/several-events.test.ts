import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ada, ben } from './people-and-posts.ts';
import { split } from './split.ts';

const payloads = (body: unknown) => split(body).events.map(({ payload }) => payload);
const ids = (body: unknown) => split(body).events.map(({ eventId }) => eventId);

describe('a body with several events', () => {
  const deletes = [1, 2, 3].map((id) => ({ status: { id: `${id}`, user_id: ada }, timestamp_ms: '1791189360140' }));

  test('gives one event for each entry, reduced to it, with every other top-level member', () => {
    const body = { for_user_id: ada, tweet_delete_events: deletes, users: { [ada]: { id: ada } }, extra: [1.5] };
    assert.deepEqual(
      payloads(body).map((payload) => JSON.parse(payload)),
      deletes.map((entry) => ({ ...body, tweet_delete_events: [entry] })),
    );
    assert.deepEqual(
      ids(body),
      ['1', '2', '3'].map((id) => `default:aaa:tweet_delete_events:${ada}:${id}`),
    );
  });

  test('gives the events of every key, without the other keys', () => {
    const typing = { created_timestamp: '1791189360140', sender_id: ben, target: { recipient_id: ada } };
    const revoke = { source: { user_id: ben }, target: { app_id: '1' }, date_time: '2026-10-05T09:04:00Z' };
    const body = {
      for_user_id: ada,
      tweet_delete_events: deletes.slice(0, 1),
      user_event: { revoke },
      direct_message_indicate_typing_events: [typing],
      follow_events: [],
    };
    assert.deepEqual(
      split(body).events.map(({ type, account, payload }) => [type, account, Object.keys(JSON.parse(payload))]),
      [
        ['post.delete', ada, ['for_user_id', 'tweet_delete_events']],
        ['oauth.revoke', ben, ['for_user_id', 'user_event']],
        ['dm.indicate_typing', ada, ['for_user_id', 'direct_message_indicate_typing_events']],
      ],
    );
  });

  test('keeps digits, escapes that matter and names like `__proto__`', () => {
    const body = `{"for_user_id":"1","x_events":[{"a":1.0,"__proto__":{"b":-0}},{"a":12345678901234567890}],"e":"\\ud800"}`;
    assert.deepEqual(payloads(body), [
      '{"for_user_id":"1","e":"\\ud800","x_events":[{"a":1.0,"__proto__":{"b":-0}}]}',
      '{"for_user_id":"1","e":"\\ud800","x_events":[{"a":12345678901234567890}]}',
    ]);
  });

  test('of a key that is not known gives unknown events of the account', () => {
    const { events } = split({ for_user_id: ada, spaces_events: [{ created_timestamp: '1791189360140' }, { id: 2 }] });
    assert.deepEqual(
      events.map((event) => [event.product, event.type, event.wireType, event.account, event.occurredAtSource]),
      [
        ['aaa', 'unknown', 'spaces_events', ada, 'payload'],
        ['aaa', 'unknown', 'spaces_events', ada, 'received'],
      ],
    );
    assert.equal(new Set(events.map(({ eventId }) => eventId)).size, 2);
  });

  test('loses no entry that is not an object', () => {
    const { events } = split({ for_user_id: ada, favorite_events: [7, null, [], { id: 'a1' }] });
    assert.deepEqual(
      events.map(({ product, type }) => [product, type]),
      [
        ['aaa', 'unknown'],
        ['aaa', 'unknown'],
        ['aaa', 'unknown'],
        ['aaa', 'like.create'],
      ],
    );
    assert.equal(new Set(events.map(({ eventId }) => eventId)).size, 4);
  });

  test('of which one is without an id of its own tells entries of one XAA envelope apart', () => {
    const entry = (id?: string) => ({ id, message_create: { sender_id: ben, target: { recipient_id: ada } } });
    const payload = { direct_message_events: [entry('1'), entry(), 'x'], users: { [ben]: {} } };
    const body = { data: { event_uuid: '9', event_type: 'dm.received', filter: { user_id: ada }, payload } };
    const { events } = split(body);

    assert.deepEqual(
      events.map(({ type, actor, eventUuid }) => [type, actor, eventUuid]),
      [
        ['dm.received', ben, '9'],
        ['dm.received', ben, '9'],
        ['dm.received', undefined, '9'],
      ],
    );
    assert.equal(events[0]?.subjectId, '1');
    assert.equal(new Set(events.map(({ eventId }) => eventId)).size, 3);
    assert.deepEqual(JSON.parse(events[0]?.payload ?? ''), {
      data: { ...body.data, payload: { direct_message_events: [entry('1')], users: { [ben]: {} } } },
    });
  });

  test('of one key with a block and its end in one millisecond has two', () => {
    const relation = { source: { id_str: ada }, target: { id_str: ben }, created_timestamp: '1791189360140' };
    const blocks = ['block', 'unblock'].map((type) => ({ type, ...relation }));
    const { events } = split({ for_user_id: ada, block_events: blocks });
    assert.equal(events[0]?.subjectId, events[1]?.subjectId);
    assert.notEqual(events[0]?.eventId, events[1]?.eventId);
  });
});
