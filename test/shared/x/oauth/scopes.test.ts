import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { scopesFor } from '../../../../shared/x/oauth/scopes.ts';

describe('the scopes that subscriptions need', () => {
  for (const [types, added] of [
    [['post.create', 'follow.follow', 'profile.update.bio', 'broadcast.start'], []],
    [['dm.received', 'chat.sent'], ['dm.read']],
    [
      ['like.create', 'mute.mute', 'block.block', 'broadcast.chat'],
      ['like.read', 'mute.read', 'block.read', 'broadcast.read'],
    ],
    [['favorite_events'], ['dm.read', 'dm.write']],
  ] as const) {
    test(`to ${types.join(', ')}`, () => {
      assert.deepEqual(scopesFor(types), ['offline.access', 'tweet.read', 'users.read', ...added].sort());
    });
  }
});
