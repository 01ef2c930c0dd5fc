import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assertFound } from './found.ts';
import { ada, ben, posts } from './people-and-posts.ts';
import { fixture, splitOne } from './split.ts';

describe('a filtered-stream body', () => {
  test('is a post of nobody’s account', () => {
    assertFound(splitOne(fixture('other/filtered_stream')), {
      eventId: `default:filtered_stream:filtered_stream:-:${posts.quote}`,
      product: 'filtered_stream',
      type: 'post.create',
      wireType: 'filtered_stream',
      actor: ben,
      target: ada,
      postId: posts.quote,
      conversationId: posts.quote,
      carriedPostIds: [posts.own],
      activityKey: `post:${posts.quote}`,
      occurredAt: '2026-10-05T08:32:00.000Z',
    });
  });

  test('has the same id whatever rules it matched and whatever fields were asked for', () => {
    const bare = { data: { id: posts.quote }, matching_rules: [] };
    assert.equal(splitOne(bare).eventId, splitOne(fixture('other/filtered_stream')).eventId);
    assert.equal(splitOne(bare).occurredAtSource, 'snowflake');
  });

  test('needs a post and rules', () => {
    for (const body of [
      { data: {}, matching_rules: [] },
      { data: { id: '1' } },
      { data: { id: '1' }, matching_rules: 1 },
    ]) {
      assert.equal(splitOne(body).product, 'unknown');
    }
  });
});
