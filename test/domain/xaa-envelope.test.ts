import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ada, ben, cleo, posts } from './people-and-posts.ts';
import { split, splitOne } from './split.ts';

const envelope = (type: string, payload: unknown, members: object = {}) => ({
  data: { event_uuid: '-42', event_type: type, filter: { user_id: ada }, payload, ...members },
});

describe('an XAA envelope', () => {
  test('of a type that is not known yet keeps its name and is told by its uuid', () => {
    const event = splitOne(envelope('post.pin.create', { id: '7', author_id: ben }));
    assert.deepEqual([event.product, event.type, event.wireType], ['xaa', 'post.pin.create', 'post.pin.create']);
    assert.equal(event.eventId, `default:xaa:post.pin.create:${ada}:-42`);
    assert.equal(event.actor, undefined);
  });

  test('under the old name of a type has the new type and keeps the wire name', () => {
    const event = splitOne(envelope('chat.conversation_join', {}));
    assert.deepEqual([event.type, event.wireType], ['chat.conversation.join', 'chat.conversation_join']);
    assert.equal(event.eventId, `default:xaa:chat.conversation_join:${ada}:-42`);
  });

  test('named like a member of every JavaScript object is an event like any other', () => {
    for (const name of ['constructor', '__proto__', 'toString']) assert.equal(splitOne(envelope(name, {})).type, name);
  });

  test('of news belongs to the keyword, so that two keywords have two events', () => {
    const news = (keyword: string) => splitOne(envelope('news.new', { id: '5' }, { filter: { keyword } }));
    assert.equal(news('gaps').eventId, 'default:xaa:news.new:gaps:5');
    assert.equal(news('a:b').eventId, 'default:xaa:news.new:a%3Ab:5');
  });

  test('of an updated story is another event, however its time is written', () => {
    const news = (updated_at: string) => splitOne(envelope('news.new', { id: '5', updated_at })).eventId;
    assert.notEqual(news('2026-10-05T07:30:00.000Z'), news('2026-10-05T07:31:00.000Z'));
    assert.equal(news('2026-10-05T07:30:00.000Z'), news('2026-10-05T09:30:00+02:00'));
  });

  test('with an empty or absent own id is told by its uuid', () => {
    for (const id of ['', null, undefined, {}, true]) {
      assert.equal(splitOne(envelope('like.create', { id })).subjectId, '-42');
    }
  });

  test('with ids as numbers uses their digits', () => {
    const event = splitOne(`{"data":{"event_type":"post.delete","payload":{"id":2094726959723446278,"author_id":1}}}`);
    assert.deepEqual([event.subjectId, event.postId, event.actor], [posts.older, posts.older, '1']);
  });

  test('takes the time of the envelope where the payload has none, and never the post’s for its deletion', () => {
    const created_at = '2026-10-05T12:00:00Z';
    const deleted = envelope('post.delete', { id: posts.own, created_at: '2020-01-01T00:00:00Z' });
    assert.equal(splitOne(deleted).occurredAtSource, 'received');
    const timed = splitOne({ data: { ...deleted.data, created_at } });
    assert.deepEqual([timed.occurredAt, timed.occurredAtSource], ['2026-10-05T12:00:00.000Z', 'envelope']);
  });

  test('takes the time of a post from its id where nothing else has it', () => {
    const event = splitOne(envelope('post.create', { id: posts.own }));
    assert.deepEqual([event.occurredAt, event.occurredAtSource], ['2026-10-05T08:30:00.123Z', 'snowflake']);
  });

  test('does not take a like’s time from `created_at`, which may be the post’s', () => {
    const event = splitOne(envelope('like.create', { id: 'a1', created_at: '2020-01-01T00:00:00Z' }));
    assert.equal(event.occurredAtSource, 'received');
  });

  test('of a like names who liked only where that is certain', () => {
    const likedBy = (filter: object, users: readonly string[] = [], author = ada) => {
      const payload = { id: 'a1', liked_tweet_id: '9', liked_tweet_author_id: author };
      const includes = { users: users.map((id) => ({ id })) };
      return splitOne(envelope('like.create', payload, { filter, includes })).actor;
    };
    const inbound = { user_id: ada, direction: 'inbound' };
    assert.equal(likedBy({ user_id: ada, direction: 'outbound' }, [ada, ben]), ada);
    assert.equal(likedBy({ user_id: ada, qualifiers: { direction: 'outbound' } }), ada);
    assert.equal(likedBy(inbound, [ada, ben]), ben);
    assert.equal(likedBy(inbound, [ada, ben, cleo]), undefined);
    assert.equal(likedBy(inbound, [ada]), undefined);
    assert.equal(likedBy({ user_id: ada }, [cleo], cleo), undefined);
  });

  test('without a filter belongs to nobody, save a revoke, which names its user', () => {
    const revoke = { user_id: ada, app_id: '1' };
    assert.equal(splitOne(envelope('oauth.revoke', revoke, { filter: undefined })).account, ada);
    assert.equal(
      splitOne(envelope('follow.follow', {}, { filter: undefined })).eventId,
      'default:xaa:follow.follow:-:-42',
    );
  });

  test('reads posts and people bare or wrapped in `data`, in either shape', () => {
    const wrapped = { data: { id: '8', text: 'x', author_id: ben } };
    assert.deepEqual(splitOne(envelope('post.mention.create', wrapped)).actor, ben);
    const v1 = { id_str: '8', id: 7, user: { data: { id: ben } }, in_reply_to_user_id_str: ada };
    const event = splitOne(envelope('post.reply.create', v1));
    assert.deepEqual([event.postId, event.actor, event.target], ['8', ben, ada]);
  });

  test('finds whom a quote is about among the included posts, wrapped or not', () => {
    const quote = { id: '8', author_id: ada, referenced_tweets: [{ type: 'quoted', id: '7' }] };
    for (const post of [{ id: '7', author_id: cleo }, { data: { id: '7', author_id: cleo } }]) {
      const event = splitOne(
        envelope('post.create', quote, { includes: { tweets: [{ id: '8', author_id: ada }, post] } }),
      );
      assert.deepEqual([event.target, event.carriedPostIds], [cleo, ['7']]);
    }
  });

  test('reads a direct message in v2’s flat shape', () => {
    const payload = { id: '5', sender_id: ben, dm_conversation_id: '1-2', created_at: '2026-10-05T09:00:00.500Z' };
    const event = splitOne(envelope('dm.received', payload));
    assert.deepEqual([event.subjectId, event.actor, event.conversationId], ['5', ben, '1-2']);
    assert.deepEqual([event.occurredAt, event.occurredAtSource], ['2026-10-05T09:00:00.500Z', 'payload']);
  });

  test('is a replay when the body says so, however it came', () => {
    const replayed = { ...envelope('follow.follow', {}), meta: { replay: true } };
    assert.equal(splitOne(replayed).via, 'replay');
    assert.equal(splitOne({ ...replayed, meta: { replay: 'true' } }, { via: 'stream' }).via, 'stream');
    assert.equal(splitOne(replayed).eventId, splitOne(envelope('follow.follow', {})).eventId);
  });

  test('in a list is one event each, and what is none is unknown', () => {
    const { data } = envelope('follow.follow', {});
    const { events } = split({ data: [data, { ...data, event_uuid: '43' }, 'noise'], note: 1 });
    assert.deepEqual(
      events.map(({ product, subjectId, payload }) => [product, subjectId.slice(0, 2), JSON.parse(payload)]),
      [
        ['xaa', '-4', { data: [data], note: 1 }],
        ['xaa', '43', { data: [{ ...data, event_uuid: '43' }], note: 1 }],
        ['unknown', 'h-', { data: ['noise'], note: 1 }],
      ],
    );
  });
});
