import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { scopesByAccount } from '../../../shared/domain/subscriptions/auth.ts';
import {
  type CallWindow,
  callsPerWindow,
  nextCallAt,
  noCalls,
  windowMs,
  withCall,
} from '../../../shared/domain/subscriptions/call-window.ts';
import { usesOf } from '../../../shared/domain/subscriptions/limits.ts';
import { planSubscriptions } from '../../../shared/domain/subscriptions/plan.ts';
import { feesOf } from '../../../shared/domain/subscriptions/prices.ts';
import type { SubscribableType } from '../../../shared/domain/subscriptions/subscribable-types.ts';
import type { Wanted } from '../../../shared/domain/subscriptions/wanted.ts';

const home = { webhookId: '1', url: 'https://receiver.example', webhookIds: new Set(['1']) };
const activity = (type: SubscribableType, userId: string): Wanted => ({ product: 'xaa', type, filter: { userId } });
const accounts = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));

test('fees are told per type: a price, none, or that none is published', () => {
  const wanted = [activity('post.create', '1'), activity('post.create', '2'), activity('post.delete', '1')];

  assert.deepEqual(feesOf([...wanted, activity('like.create', '1'), { product: 'aaa', userId: '1' }]), [
    { type: 'all of AAA', subscriptions: 1 },
    { type: 'like.create', subscriptions: 1 },
    { type: 'post.create', subscriptions: 2, usdPerEvent: 0.005 },
    { type: 'post.delete', subscriptions: 1, usdPerEvent: 0 },
  ]);
});

describe('the use of X’s limits', () => {
  const usesFor = (wanted: readonly Wanted[], accountLimit?: number) => {
    const present = { activities: [], accounts: [], ...(accountLimit !== undefined && { accountLimit }) };
    return usesOf(planSubscriptions(wanted, present, home), present);
  };

  test('names the smallest tier that has room', () => {
    const wanted = [
      ...accounts(1_501).map((userId) => activity('post.create', userId)),
      ...accounts(3).map((userId): Wanted => ({ product: 'aaa', userId })),
    ];

    assert.deepEqual(usesFor(wanted), [
      { product: 'xaa', subscriptions: 1_501, tier: 'Enterprise', most: 75_000, fits: true },
      { product: 'aaa', subscriptions: 3, tier: 'pay-per-use', most: 3, fits: true },
    ]);
  });

  test('goes by what X says it has granted, and tells when no tier has room', () => {
    const wanted = accounts(5_001).map((userId): Wanted => ({ product: 'aaa', userId }));

    assert.deepEqual(usesFor(wanted), [{ product: 'aaa', subscriptions: 5_001, most: 5_000, fits: false }]);
    assert.deepEqual(usesFor(wanted.slice(0, 2), 1), [
      { product: 'aaa', subscriptions: 2, tier: 'granted by X', most: 1, fits: false },
    ]);
  });

  test('counts what is there, less what goes', () => {
    const there = { subscriptionId: '5', type: 'post.create', filter: { userId: '9' } };
    const present = { activities: [there, { ...there, subscriptionId: '6', webhookId: '1' }], accounts: ['1', '2'] };
    const plan = planSubscriptions([activity('post.create', '1'), { product: 'aaa', userId: '1' }], present, home);

    assert.deepEqual(
      usesOf(plan, present).map(({ product, subscriptions }) => [product, subscriptions]),
      [
        ['xaa', 2],
        ['aaa', 1],
      ],
    );
  });
});

test('an account is asked for just the scopes that its subscriptions take', () => {
  const wanted: readonly Wanted[] = [
    activity('like.create', '1'),
    activity('post.create', '1'),
    activity('mute.mute', '1'),
    activity('post.create', '2'),
    { product: 'aaa', userId: '3' },
  ];

  assert.deepEqual(
    [...scopesByAccount(wanted)],
    [
      ['1', ['like.read', 'mute.read']],
      ['3', ['dm.read', 'dm.write', 'tweet.read', 'users.read']],
    ],
  );
});

test('no stretch of 15 minutes has more than 500 calls, and no call waits without need', () => {
  const pauses = fc.array(fc.integer({ min: 0, max: 4_000 }), { minLength: 1_200, maxLength: 1_600 });
  fc.assert(
    fc.property(pauses, (idleMs) => {
      let calls: CallWindow = noCalls;
      let now = 0;
      const made: number[] = [];
      for (const ms of idleMs) {
        const at = nextCallAt(calls, now + ms);
        const full = made.filter((call) => call > now + ms - windowMs).length >= callsPerWindow;
        if (!full) assert.equal(at, now + ms);
        const crowd = made[made.length - callsPerWindow];
        if (crowd !== undefined) assert.ok(at - crowd >= windowMs);
        made.push(at);
        now = at;
        calls = withCall(calls, at);
      }
    }),
    { numRuns: 5 },
  );
});
