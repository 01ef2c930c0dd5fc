import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { makeAaaDirectMessage, makeAaaMessageRead } from '../../../../local/x-emulator/payloads/aaa-direct-messages.ts';
import { makeAaaLike } from '../../../../local/x-emulator/payloads/aaa-likes.ts';
import {
  makeAaaMention,
  makeAaaPost,
  makeAaaPostDelete,
  makeAaaQuote,
  makeAaaReply,
  makeAaaRepost,
} from '../../../../local/x-emulator/payloads/aaa-posts.ts';
import { makeAaaFollow } from '../../../../local/x-emulator/payloads/aaa-relations.ts';
import { accountOf } from '../../../../local/x-emulator/payloads/account.ts';
import { postOf, replyTo } from '../../../../local/x-emulator/payloads/post.ts';
import { makeAaaRevoke, makeXaaRevoke } from '../../../../local/x-emulator/payloads/revokes.ts';
import { makeXaaLike } from '../../../../local/x-emulator/payloads/xaa-likes.ts';
import { makeXaaPost, makeXaaPostDelete } from '../../../../local/x-emulator/payloads/xaa-posts.ts';
import { makeXaaProfileUpdate } from '../../../../local/x-emulator/payloads/xaa-profile.ts';
import { member } from '../../../../shared/domain/json.ts';

const account = accountOf('2244');
const author = accountOf('1500000000000000001');
const atMs = Date.UTC(2026, 10, 21, 12, 0, 0, 345);
const seed = { id: '2091234567890123457', atMs, author, text: 'Hello 👩🏻‍🍳 @x' };
const envelope = { eventUuid: '-2781149976877970683', filter: { user_id: account.id } };

describe('Account Activity payloads', () => {
  test('of a post have an exact id_str beside a rounded id, and v1.1 times', () => {
    const { for_user_id, tweet_create_events } = makeAaaPost({ ...seed, account });

    assert.equal(for_user_id, '2244');
    const [post] = tweet_create_events;
    assert.equal(post?.id_str, '2091234567890123457');
    assert.equal(JSON.stringify(post?.id), '2091234567890123500');
    assert.equal(post?.created_at, 'Sat Nov 21 12:00:00 +0000 2026');
    assert.equal(member(post, 'user', 'id_str'), '2244');
    assert.equal(post?.truncated, false);
  });

  test('of a mention name the account at its code points', () => {
    const body = makeAaaMention({ ...seed, account });

    const text = `Hello 👩🏻‍🍳 @x @${account.username}`;
    assert.equal(body.user_has_blocked, false);
    assert.equal(body.tweet_create_events[0]?.text, text);
    const [mention] = Object(body.tweet_create_events[0]?.entities).user_mentions;
    assert.equal(mention.id_str, '2244');
    const [start, end] = mention.indices;
    assert.equal([...text].slice(start, end).join(''), `@${account.username}`);
  });

  test('of a reply, a quote and a repost refer to the original', () => {
    const original = postOf({ ...seed, author: account, id: '2090000000000000001' });

    const [reply] = makeAaaReply({ ...seed, account, original }).tweet_create_events;
    assert.equal(reply?.in_reply_to_status_id_str, original.id);
    assert.equal(reply?.in_reply_to_user_id_str, '2244');
    const [quote] = makeAaaQuote({ ...seed, account, quoted: original }).tweet_create_events;
    assert.equal(quote?.is_quote_status, true);
    assert.equal(member(quote, 'quoted_status', 'id_str'), original.id);
    const [repost] = makeAaaRepost({ ...seed, account, reposted: original }).tweet_create_events;
    assert.equal(member(repost, 'retweeted_status', 'id_str'), original.id);
    assert.equal(repost?.text, `RT @${account.username}: ${original.text}`);
  });

  test('of a long post are cut at 140 characters and carry the whole beside', () => {
    const text = `${'long '.repeat(40)}#end`;
    const [post] = makeAaaPost({ ...seed, account, text }).tweet_create_events;

    assert.equal(post?.truncated, true);
    assert.equal([...String(post?.text)].length, 140);
    assert.equal(member(post, 'extended_tweet', 'full_text'), text);
    assert.deepEqual(member(post, 'extended_tweet', 'entities', 'hashtags'), [{ text: 'end', indices: [200, 204] }]);
  });

  test('of a delete, a like, a follow and a revocation have their own forms of time', () => {
    const like = { account, likeId: 'a'.repeat(32), atMs, liker: author, post: postOf(seed) };

    assert.deepEqual(makeAaaPostDelete({ account, postId: '9', atMs }), {
      for_user_id: '2244',
      tweet_delete_events: [{ status: { id: '9', user_id: '2244' }, timestamp_ms: '1795262400345' }],
    });
    assert.equal(makeAaaLike(like).favorite_events[0]?.timestamp_ms, 1795262400345);
    const follow = makeAaaFollow({ account, type: 'unfollow', atMs, source: author, target: account });
    assert.equal(follow.follow_events[0]?.type, 'unfollow');
    assert.equal(follow.follow_events[0]?.created_timestamp, '1795262400345');
    assert.deepEqual(makeAaaRevoke({ userId: '5', appId: '7', atMs }), {
      user_event: {
        revoke: { date_time: '2026-11-21T12:00:00+00:00', target: { app_id: '7' }, source: { user_id: '5' } },
      },
    });
  });

  test('of a direct message carry both users, whoever is subscribed', () => {
    const message = { id: '7', atMs, sender: author, recipient: account, text: 'psst' };

    const toRecipient = makeAaaDirectMessage({ account, ...message });
    const toSender = makeAaaDirectMessage({ account: author, ...message });

    assert.deepEqual(toRecipient.direct_message_events, toSender.direct_message_events);
    assert.deepEqual(Object.keys(toRecipient.users).sort(), ['1500000000000000001', '2244']);
    assert.equal(toSender.for_user_id, author.id);
    const read = makeAaaMessageRead({ account, atMs, sender: author, recipient: account, lastReadId: '7' });
    assert.deepEqual(read.direct_message_mark_read_events, [
      {
        created_timestamp: '1795262400345',
        sender_id: author.id,
        target: { recipient_id: '2244' },
        last_read_event_id: '7',
      },
    ]);
  });
});

describe('X Activity payloads', () => {
  test('echo the filter and the tag, and may carry a time', () => {
    const part = { part: 'bio', before: 'a', after: 'b' } as const;

    assert.deepEqual(makeXaaProfileUpdate({ ...envelope, ...part, tag: 'mine', createdAtMs: atMs }), {
      data: {
        event_uuid: '-2781149976877970683',
        filter: { user_id: '2244' },
        event_type: 'profile.update.bio',
        tag: 'mine',
        created_at: '2026-11-21T12:00:00.345Z',
        payload: { before: 'a', after: 'b' },
      },
    });
    assert.deepEqual(Object.keys(makeXaaProfileUpdate({ ...envelope, ...part }).data), [
      'event_uuid',
      'filter',
      'event_type',
      'payload',
    ]);
  });

  test('of a reply belong to the conversation of the first post', () => {
    const first = postOf({ ...seed, author: account, id: '1' });
    const answer = replyTo(first, { ...seed, id: '2' });
    const post = replyTo(answer, { ...seed, id: '3', author: account });

    const { payload, includes } = makeXaaPost({ ...envelope, type: 'post.reply.create', post }).data;

    assert.equal(payload.conversation_id, '1');
    assert.equal(payload.in_reply_to_tweet_id, '2');
    assert.deepEqual(payload.referenced_tweets, [{ type: 'replied_to', id: '2' }]);
    assert.equal(payload.created_at, '2026-11-21T12:00:00.000Z');
    assert.deepEqual(payload.public_metrics.like_count_str, '0');
    assert.ok(includes);
  });

  test('of a delete and a revocation have just what X documents', () => {
    const { payload } = makeXaaPostDelete({ ...envelope, postId: '9', author: account }).data;
    assert.deepEqual(payload, { id: '9', author_id: '2244' });
    const revoke = makeXaaRevoke({ eventUuid: '1', filter: {}, userId: '5', appId: '7', atMs });
    assert.deepEqual(revoke, {
      data: {
        event_uuid: '1',
        filter: {},
        event_type: 'oauth.revoke',
        payload: { date_time: '2026-11-21T12:00:00+00:00', user_id: '5', app_id: '7' },
      },
    });
  });

  test('of a like include the other side', () => {
    const like = { likeId: 'b'.repeat(32), atMs };
    const outbound = makeXaaLike({ ...envelope, ...like, liker: account, post: postOf(seed) });
    const inbound = makeXaaLike({ ...envelope, ...like, liker: author, post: postOf({ ...seed, author: account }) });

    for (const { data } of [outbound, inbound]) {
      assert.equal(Object(data.includes).users[0].id, author.id);
      assert.equal(data.payload.timestamp_ms, '1795262400345');
    }
    assert.equal(inbound.data.payload.liked_tweet_author_id, '2244');
  });
});
