import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compactJson } from '../../shared/domain/compact-json.ts';
import { assertFound, type Expected } from './found.ts';
import { ada, ben, exampleApp, like, messages, posts } from './people-and-posts.ts';
import { fixture, split, splitOne } from './split.ts';

const benToAda = { actor: ben, target: ada };
const adaToBen = { actor: ada, target: ben };
const at = '2026-10-05T08:37:00.178Z';
const atKey = '2026-10-05T08%3A37%3A00.178Z';

function related(key: string, type: string, people: { readonly actor: string; readonly target: string }) {
  return { eventId: `${key}:${ada}:${people.actor}~${people.target}~${atKey}`, type, ...people, occurredAt: at };
}

function post(name: 'own' | 'reply' | 'quote' | 'repost' | 'mention', type: string, minute: number) {
  const id = posts[name];
  const people = name === 'own' ? { actor: ada } : benToAda;
  const occurredAt = `2026-10-05T08:${minute}:00.000Z`;
  return {
    eventId: `tweet_create_events:${ada}:${id}`,
    type,
    ...people,
    postId: id,
    activityKey: `post:${id}`,
    occurredAt,
  };
}

const kinds: Readonly<Record<string, Expected>> = {
  'tweet_create_events.post': post('own', 'post.create', 30),
  'tweet_create_events.reply': post('reply', 'post.reply.create', 31),
  'tweet_create_events.quote': { ...post('quote', 'post.quote.create', 32), carriedPostIds: [posts.own] },
  'tweet_create_events.repost': {
    ...post('repost', 'post.repost.create', 33),
    carriedPostIds: [posts.own, posts.older],
  },
  'tweet_create_events.mention': post('mention', 'post.mention.create', 34),
  tweet_delete_events: {
    eventId: `tweet_delete_events:${ada}:${posts.older}`,
    type: 'post.delete',
    actor: ada,
    postId: posts.older,
    activityKey: `post.delete:${posts.older}`,
    occurredAt: '2026-10-05T08:35:00.250Z',
  },
  favorite_events: {
    eventId: `favorite_events:${ada}:${like}`,
    type: 'like.create',
    ...benToAda,
    postId: posts.own,
    activityKey: `like:${ben}:${posts.own}`,
    carriedPostIds: [posts.older],
    occurredAt: '2026-10-05T08:36:00.140Z',
  },
  'follow_events.follow': related('follow_events.follow', 'follow.follow', benToAda),
  'follow_events.unfollow': related('follow_events.unfollow', 'follow.unfollow', benToAda),
  'mute_events.mute': related('mute_events.mute', 'mute.mute', adaToBen),
  'mute_events.unmute': related('mute_events.unmute', 'mute.unmute', adaToBen),
  'block_events.block': related('block_events.block', 'block.block', adaToBen),
  'block_events.unblock': related('block_events.unblock', 'block.unblock', adaToBen),
  'direct_message_events.received': {
    eventId: `direct_message_events.message_create:${ada}:${messages.received}`,
    type: 'dm.received',
    ...benToAda,
    activityKey: `dm:${messages.received}`,
    occurredAt: '2026-10-05T09:00:00.500Z',
  },
  'direct_message_events.sent': {
    eventId: `direct_message_events.message_create:${ada}:${messages.sent}`,
    type: 'dm.sent',
    ...adaToBen,
    activityKey: `dm:${messages.sent}`,
    occurredAt: '2026-10-05T09:01:00.500Z',
  },
  direct_message_indicate_typing_events: {
    eventId: `direct_message_indicate_typing_events:${ada}:${ben}~${ada}~2026-10-05T09%3A02%3A00.443Z`,
    type: 'dm.indicate_typing',
    ...benToAda,
    occurredAt: '2026-10-05T09:02:00.443Z',
  },
  direct_message_mark_read_events: {
    eventId: `direct_message_mark_read_events:${ada}:${ben}~${ada}~${messages.sent}~2026-10-05T09%3A03%3A00.100Z`,
    type: 'dm.read',
    ...benToAda,
    occurredAt: '2026-10-05T09:03:00.100Z',
  },
  'user_event.revoke': {
    eventId: `user_event.revoke:${ada}:${ada}~${exampleApp}~2026-10-05T09%3A04%3A00.000Z`,
    type: 'oauth.revoke',
    actor: ada,
    target: exampleApp,
    activityKey: `oauth.revoke:${ada}:${exampleApp}:2026-10-05T09:04:00.000Z`,
    occurredAt: '2026-10-05T09:04:00.000Z',
  },
};

describe('an Account Activity API body', () => {
  for (const [name, expected] of Object.entries(kinds)) {
    test(`${name} is read`, () => {
      const body = fixture(`aaa/${name}`);
      const event = splitOne(body);
      const wireType = name.startsWith('user_event') ? name : name.replace(/\..*/, '');

      const eventId = `default:aaa:${expected.eventId}`;
      assertFound(event, { product: 'aaa', wireType, account: ada, ...expected, eventId });
      assert.equal(event.payload, compactJson(body));
    });
  }

  test('takes a post without an author for the account’s own', () => {
    const event = splitOne({ for_user_id: ada, tweet_create_events: [{ id_str: '20', user: {} }] });
    assert.deepEqual([event.type, event.actor, event.account], ['post.create', undefined, ada]);
  });

  test('takes a post that answers somebody else for a mention of the account', () => {
    const entry = { id_str: '20', user: { id_str: ben }, in_reply_to_user_id_str: '999' };
    const event = splitOne({ for_user_id: ada, tweet_create_events: [entry] });
    assert.deepEqual([event.type, event.target], ['post.mention.create', ada]);
  });

  test('whose relation has a new kind, or a name of JavaScript, is unknown and keeps its people', () => {
    for (const type of ['soft_block', 'constructor', '__proto__']) {
      const event = splitOne({ for_user_id: ada, block_events: [{ type, source: { id: 1 }, target: { id: 2 } }] });
      assert.deepEqual([event.product, event.type, event.actor, event.target], ['aaa', 'unknown', '1', '2']);
    }
  });

  test('gives two subscribed users of one message two events', () => {
    const body = fixture('aaa/direct_message_events.received');
    const other = body.replace(`"for_user_id": "${ada}"`, `"for_user_id": "${ben}"`);
    assert.notEqual(splitOne(body).eventId, splitOne(other).eventId);
    assert.equal(splitOne(body).subjectId, splitOne(other).subjectId);
    assert.equal(splitOne(other).type, 'dm.sent');
  });

  test('takes an id from its string and never from the rounded number', () => {
    const rounded = fixture('aaa/favorite_events').replace(/"id": \d+/g, '"id": 17e17');
    assert.equal(splitOne(rounded).eventId, splitOne(fixture('aaa/favorite_events')).eventId);
    assert.equal(splitOne(rounded).target, ada);
  });

  test('without any known shape is not of this product', () => {
    for (const body of [
      { tweet_create_events: [{}] },
      { for_user_id: '', follow_events: [{}] },
      { for_user_id: ada },
    ]) {
      assert.deepEqual([splitOne(body).product, splitOne(body).account], ['unknown', undefined]);
    }
    assert.equal(split({ for_user_id: ada, follow_events: {} }).events[0]?.product, 'unknown');
  });
});
