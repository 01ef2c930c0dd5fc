import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { keyPart } from '../../shared/domain/identity.ts';
import { ada, ben } from './people-and-posts.ts';
import { sha256Hex, splitOne } from './split.ts';

const part = (text: string) => keyPart(text, sha256Hex);

describe('a part of an id', () => {
  test('keeps what is safe and encodes the rest', () => {
    assert.equal(part('aZ09._~@-'), 'aZ09._~@-');
    assert.equal(part("a:b c%!'()*é"), 'a%3Ab%20c%25%21%27%28%29%2A%C3%A9');
  });

  test('is a hash when it would be long or is not well-formed', () => {
    assert.equal(part('x'.repeat(128)), 'x'.repeat(128));
    assert.equal(part('x'.repeat(129)), `h-${sha256Hex('x'.repeat(129))}`);
    assert.equal(part('é'.repeat(30)), `h-${sha256Hex('é'.repeat(30))}`);
    assert.match(part('\ud800'), /^h-[0-9a-f]{64}$/);
    assert.notEqual(part('\ud800'), part('\ud801'));
  });

  test('differs for different texts and is safe', () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(text, text, (one, other) => {
        assert.match(part(one), /^[A-Za-z0-9._~@%-]{1,128}$/);
        assert.equal(part(one) === part(other), one === other);
      }),
    );
  });
});

describe('an event’s id', () => {
  const follow = (source: string, target: string, created_timestamp: string | number = '1791189360140') =>
    splitOne({
      for_user_id: ada,
      follow_events: [{ type: 'follow', source: { id_str: source }, target: { id_str: target }, created_timestamp }],
    });

  test('has the app, and the account', () => {
    const body = { for_user_id: 'a:b', tweet_delete_events: [{ status: { id: '1' } }] };
    assert.equal(splitOne(body, { app: 'my app' }).eventId, 'my%20app:aaa:tweet_delete_events:a%3Ab:1');
  });

  test('joins its parts so that none runs into the next', () => {
    assert.notEqual(follow('a~b', 'c').eventId, follow('a', 'b~c').eventId);
    assert.equal(follow('a', 'b').subjectId, 'a~b~2026-10-05T08%3A36%3A00.140Z');
    assert.match(follow('a'.repeat(100), 'b'.repeat(100)).subjectId, /^h-[0-9a-f]{64}$/);
  });

  test('does not depend on how a time is written', () => {
    assert.equal(follow(ben, ada).eventId, follow(ben, ada, 1791189360140).eventId);
    assert.notEqual(follow(ben, ada).eventId, follow(ben, ada, 1791189360141).eventId);
  });

  test('needs every part: with one missing the content decides', () => {
    const read = { sender_id: ben, target: { recipient_id: ada }, created_timestamp: '1791189360140' };
    const event = splitOne({ for_user_id: ada, direct_message_mark_read_events: [read] });
    assert.match(event.subjectId, /^h-/);
  });

  test('of an event without id or uuid ignores what X may leave out of a replay', () => {
    const data = { event_type: 'follow.follow', filter: { user_id: ada }, payload: { source: { id: ben } } };
    const id = splitOne({ data }).eventId;
    const varied = {
      ...data,
      created_at: '2026-10-05T12:00:00Z',
      tag: 'new',
      filter: { user_id: ada, direction: 'inbound', qualifiers: { direction: 'inbound' } },
      payload: { ...data.payload, users: {}, includes: {}, apps: {} },
      includes: { users: [{ id: ben }] },
    };
    assert.equal(splitOne({ data: varied, meta: { replay: true } }).eventId, id);
    assert.notEqual(splitOne({ data: { ...data, payload: { source: { id: ada } } } }).eventId, id);
  });

  test('and the names beside it are fit for UTF-8 whatever X sent', () => {
    const event = splitOne('{"for_user_id":"\\ud800","tweet_delete_events":[{"status":{"id":"\\udfff"}}]}');
    assert.deepEqual([event.account, event.postId], ['\ufffd', '\ufffd']);
    assert.match(event.eventId, /^default:aaa:tweet_delete_events:h-[0-9a-f]{64}:h-[0-9a-f]{64}$/);
  });
});
