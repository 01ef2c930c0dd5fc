import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { accountOf } from '../../../../local/x-emulator/payloads/account.ts';
import { createSnowflakes } from '../../../../local/x-emulator/payloads/snowflake.ts';
import { toXBytes } from '../../../../local/x-emulator/payloads/x-json.ts';
import { seededRandom } from '../../../../local/x-emulator/random.ts';
import type { XState } from '../../../../local/x-emulator/state/x-state.ts';
import { knownKinds, outletsOf } from '../../../../local/x-emulator/traffic/outlets.ts';
import { createScene } from '../../../../local/x-emulator/traffic/scene.ts';
import { splitDelivery } from '../../../../shared/domain/split-delivery.ts';

const at = '2026-11-21T12:00:00.000Z';
const atMs = Date.parse(at);
const account = accountOf('2244');

/** Everything that can be subscribed, once. */
const state: XState = {
  webhooks: [],
  accountSubscriptions: [{ webhookId: '1', userId: account.id }],
  activitySubscriptions: knownKinds
    .filter((kind) => kind.startsWith('xaa.'))
    .map((kind, index) => ({
      id: String(index),
      eventType: kind.slice('xaa.'.length),
      filter:
        kind === 'xaa.news.new' ? { keyword: 'ferries' } : kind === 'xaa.oauth.revoke' ? {} : { user_id: account.id },
      tag: 'mine',
      webhookId: '1',
      createdAt: at,
      updatedAt: at,
    })),
  streamLinks: [{ webhookId: '1', createdAt: at }],
};

const aaaTypes: Readonly<Record<string, string>> = {
  'aaa.post': 'post.create',
  'aaa.mention': 'post.mention.create',
  'aaa.reply': 'post.reply.create',
  'aaa.quote': 'post.quote.create',
  'aaa.repost': 'post.repost.create',
  'aaa.post_delete': 'post.delete',
  'aaa.like': 'like.create',
  'aaa.follow': 'follow.follow',
  'aaa.unfollow': 'follow.unfollow',
  'aaa.block': 'block.block',
  'aaa.unblock': 'block.unblock',
  'aaa.mute': 'mute.mute',
  'aaa.unmute': 'mute.unmute',
  'aaa.dm_received': 'dm.received',
  'aaa.dm_sent': 'dm.sent',
  'aaa.dm_typing': 'dm.indicate_typing',
  'aaa.dm_read': 'dm.read',
  'aaa.revoke': 'oauth.revoke',
  'filtered_stream.post': 'post.create',
};

function eventsIn(body: object) {
  const delivery = {
    deliveryId: 'd',
    app: 'default',
    via: 'webhook',
    receivedAt: '2026-11-21T12:00:09.000Z',
    body: toXBytes(body),
  } as const;
  const sha256Hex = (text: string) => createHash('sha256').update(text).digest('hex');
  return splitDelivery(delivery, { sha256Hex }).events;
}

describe('traffic', () => {
  test('has a maker for every known kind', () => {
    assert.deepEqual(
      outletsOf(state)
        .map(({ kind }) => kind)
        .sort(),
      [...knownKinds].sort(),
    );
  });

  for (const { kind, make } of outletsOf(state)) {
    test(`of ${kind} is what it says, one event a body, each with an identity of its own`, () => {
      const random = seededRandom(1);
      const nextId = createSnowflakes(0);
      const ids = new Set<string>();
      const count = 50;

      for (let index = 0; index < count; index += 1) {
        const scene = createScene({ account, atMs: atMs + index * 1000, random, nextId });
        const [event, ...others] = eventsIn(make(scene).body);
        assert.equal(others.length, 0);
        assert.equal(event?.product, kind.split('.')[0]);
        assert.equal(event?.type, aaaTypes[kind] ?? kind.slice('xaa.'.length));
        ids.add(event?.eventId ?? '');
      }

      assert.equal(ids.size, count);
    });
  }

  test('happens at the time of the clock wherever the body tells it', () => {
    const nextId = createSnowflakes(0);
    for (const { kind, make } of outletsOf(state)) {
      const scene = createScene({ account, atMs, random: seededRandom(3), nextId });
      const [event] = eventsIn(make(scene).body);
      if (event?.occurredAtSource !== 'received') assert.equal(event?.occurredAt, at, kind);
    }
  });

  test('for an activity subscription without a webhook is for the stream alone', () => {
    const [first] = state.activitySubscriptions;
    const { webhookId: _, ...streamOnly } = first ?? assert.fail();
    const alone = { ...state, accountSubscriptions: [], streamLinks: [], activitySubscriptions: [streamOnly] };

    assert.deepEqual(
      outletsOf(alone).map(({ webhookId }) => webhookId),
      [undefined],
    );
  });
});
