import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ada } from './people-and-posts.ts';
import { splitOne } from './split.ts';

describe('the posts carried by an event', () => {
  test('are those reposted and quoted inside a v1.1 post, at any depth, each once', () => {
    const chain = (id: number): object => ({ id_str: `${id}`, ...(id < 40 && { quoted_status: chain(id + 1) }) });
    const post = { id_str: '10', quoted_status: chain(20), retweeted_status: chain(20) };
    const { carriedPostIds } = splitOne({ for_user_id: ada, tweet_create_events: [post] });
    assert.deepEqual(
      carriedPostIds,
      Array.from({ length: 21 }, (_, index) => `${20 + index}`),
    );
  });

  test('are those a v2 post reposts or quotes and those included, but not the one it answers', () => {
    const referenced_tweets = [
      { type: 'replied_to', id: '1' },
      { type: 'quoted', id: '2' },
      { type: 'retweeted', id: '3' },
    ];
    const payload = { id: '9', referenced_tweets };
    const carried = (members: object) =>
      splitOne({ data: { event_type: 'post.create', payload, ...members } }).carriedPostIds;
    assert.deepEqual(carried({}), ['3', '2']);
    assert.deepEqual(carried({ includes: { tweets: [{ id: '1' }, { id: '9' }, {}, { id: '2' }] } }), ['3', '2', '1']);
  });

  test('are found with a type that is not known yet', () => {
    const data = { event_type: 'list.update', payload: {}, includes: { tweets: [{ id: '1' }] } };
    assert.deepEqual(splitOne({ data }).carriedPostIds, ['1']);
  });

  test('do not repeat the post of the event', () => {
    const like = { id: 'a', favorited_status: { id_str: '5', quoted_status: { id_str: '6' } } };
    const event = splitOne({ for_user_id: ada, favorite_events: [like] });
    assert.deepEqual([event.postId, event.carriedPostIds], ['5', ['6']]);
  });
});
