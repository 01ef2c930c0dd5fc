import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Home, markOf } from '../../../shared/domain/subscriptions/home.ts';
import { subscriptionKey } from '../../../shared/domain/subscriptions/keys.ts';
import { planSubscriptions } from '../../../shared/domain/subscriptions/plan.ts';
import {
  activityKey,
  keysOnWebhook,
  type Present,
  type PresentActivity,
} from '../../../shared/domain/subscriptions/present.ts';
import { type Plan, stepsOf } from '../../../shared/domain/subscriptions/steps.ts';
import type { Wanted } from '../../../shared/domain/subscriptions/wanted.ts';

const home: Home = {
  webhookId: '100',
  url: 'https://receiver.example/webhooks/x',
  webhookIds: new Set(['100', '200']),
};
const likes = (userId: string, tag?: string): Wanted => ({
  product: 'xaa',
  type: 'like.create',
  filter: { userId },
  ...(tag !== undefined && { tag }),
});
const all = (userId: string): Wanted => ({ product: 'aaa', userId });
const present = (...activities: readonly Partial<PresentActivity>[]): Present => ({
  accounts: [],
  activities: activities.map((one, index) => ({
    subscriptionId: String(index + 1),
    type: 'like.create',
    filter: { userId: '7' },
    ...one,
  })),
});
const plan = (wanted: readonly Wanted[], there: Present) => planSubscriptions(wanted, there, home);
const shown = (made: Plan) => stepsOf(made).map((step) => `${step.action} ${step.key}`);

/** X after a plan was done; it takes no second subscription of one key. */
function done(made: Plan, { activities, accounts }: Present): Present {
  const gone = new Set(made.deletes.map(({ activity }) => activity));
  const goneAccounts = made.deletes.flatMap(({ activity, userId }) => (activity ? [] : [userId]));
  const changed = activities.map((activity) => {
    const update = made.updates.find(({ subscriptionId }) => subscriptionId === activity.subscriptionId);
    return update ? { ...activity, ...update.change } : activity;
  });
  const created = made.creates.flatMap(({ wanted, tag, elsewhere }, index): readonly PresentActivity[] => {
    if (wanted.product === 'aaa' || elsewhere !== undefined) return [];
    const { type, filter } = wanted;
    return [{ subscriptionId: `new-${index}`, type, filter, ...(tag && { tag }), webhookId: home.webhookId }];
  });
  return {
    activities: [...changed.filter((_, index) => !gone.has(activities[index])), ...created],
    accounts: [
      ...accounts.filter((userId) => !goneAccounts.includes(userId)),
      ...made.creates.flatMap(({ wanted }) => (wanted.product === 'aaa' ? [wanted.userId] : [])),
    ],
  };
}

describe('the plan', () => {
  test('creates what is missing, with a tag of its own or the one of the file, and keeps what is there', () => {
    const made = plan([likes('7'), likes('8'), likes('9', 'nine'), all('7')], present({ webhookId: '100' }));

    assert.deepEqual(shown(made), ['create xaa like.create 8', 'create xaa like.create 9', 'create aaa all 7']);
    assert.deepEqual(
      made.creates.map(({ tag }) => tag),
      ['gapless:receiver.example/webhooks/x', 'nine', undefined],
    );
    assert.deepEqual(made.keeps, ['xaa like.create 7']);
  });

  test('says whose token each takes', () => {
    const types = ['post.create', 'like.create', 'follow.follow', 'broadcast.chat'] as const;
    const wanted: readonly Wanted[] = [
      ...types.map((type): Wanted => ({ product: 'xaa', type, filter: { userId: '7' } })),
      { product: 'xaa', type: 'news.new', filter: { keyword: 'k' } },
      all('7'),
    ];

    const account = { kind: 'account', userId: '7', first: 'oauth2', orApp: false };
    assert.deepEqual(
      plan(wanted, present()).creates.map(({ auth }) => auth),
      [
        { kind: 'app' },
        { ...account, scopes: ['like.read'] },
        { ...account, scopes: ['tweet.read'], orApp: true },
        { ...account, scopes: ['broadcast.read', 'tweet.read'] },
        { kind: 'app' },
        { ...account, scopes: ['dm.read', 'dm.write', 'tweet.read', 'users.read'], first: 'oauth1' },
      ],
    );
  });

  test('deletes what reaches the webhook and what was made for its address, and nothing else', () => {
    const there = {
      ...present(
        { webhookId: '100' },
        { webhookId: '90', tag: markOf(home), filter: { userId: '1' } },
        { webhookId: '200', filter: { userId: '2' } },
        { webhookId: '200', tag: markOf(home), filter: { userId: '3' } },
        { webhookId: '90', filter: { userId: '4' } },
        { filter: { userId: '5' } },
      ),
      accounts: ['7'],
    };

    const made = plan([], there);

    assert.deepEqual(shown(made), ['delete xaa like.create 1', 'delete xaa like.create 7', 'delete aaa all 7']);
    assert.deepEqual(
      made.foreign.map(activityKey),
      ['2', '3', '4', '5'].map((id) => `xaa like.create ${id}`),
    );
  });

  for (const [what, activity, change] of [
    ['is for the stream only', {}, { webhookId: '100' }],
    ['is for a webhook that X has no more', { webhookId: '90' }, { webhookId: '100' }],
    ['has another tag than the file gives', { webhookId: '100', tag: 'old' }, { tag: 'new' }],
  ] as const) {
    test(`changes a subscription that ${what}, since X takes no second one`, () => {
      const made = plan([likes('7', 'new')], present({ tag: 'new', ...activity }));

      assert.deepEqual(shown(made), ['update xaa like.create 7']);
      assert.deepEqual(made.updates[0]?.change, change);
    });
  }

  test('leaves a tag alone that the file does not speak of', () => {
    assert.deepEqual(shown(plan([likes('7')], present({ webhookId: '100', tag: 'a person’s' }))), []);
  });

  test('says which webhook has the same one where X may take no second', () => {
    const [create] = plan([likes('7')], present({ webhookId: '200' })).creates;

    assert.equal(create?.elsewhere, '200');
  });

  test('shows one that was deleted at X as to be created', () => {
    const wanted = [likes('7'), likes('8'), all('9')];
    const there = done(plan(wanted, present()), present());

    const lost = { ...there, activities: there.activities.slice(1), accounts: [] };

    assert.deepEqual(shown(plan(wanted, there)), []);
    assert.deepEqual(shown(plan(wanted, lost)), ['create xaa like.create 7', 'create aaa all 9']);
  });
});

const userId = fc.constantFrom('1', '2', '3', '4');
const type = fc.constantFrom('like.create' as const, 'post.create' as const, 'follow.follow' as const);
const direction = fc.option(fc.constantFrom('inbound' as const, 'outbound' as const), { nil: undefined });
const filter = fc.tuple(userId, direction).map(([id, way]) => ({ userId: id, ...(way && { direction: way }) }));
const tag = fc.option(fc.constantFrom('mine', markOf(home)), { nil: undefined });
const wantedList = fc.uniqueArray(
  fc.oneof(
    userId.map(all),
    fc
      .tuple(type, filter, tag)
      .map(([one, about, text]): Wanted => ({ product: 'xaa', type: one, filter: about, ...(text && { tag: text }) })),
  ),
  { selector: subscriptionKey },
);
const anyPresent = fc.record({
  accounts: fc.uniqueArray(userId),
  activities: fc
    .array(
      fc.tuple(fc.oneof(type, fc.constant('new.type')), filter, tag, fc.constantFrom('100', '200', '90', undefined)),
    )
    .map((all) =>
      all.map(([one, about, text, webhookId], index): PresentActivity => {
        const rest = { ...(text && { tag: text }), ...(webhookId && { webhookId }) };
        return { subscriptionId: String(index), type: one, filter: about, ...rest };
      }),
    ),
});

describe('whatever is wanted and present, the plan', () => {
  test('makes exactly what is wanted reach the webhook, save what another webhook holds; then nothing is left to do', () => {
    fc.assert(
      fc.property(wantedList, anyPresent, (wanted, there) => {
        const made = plan(wanted, there);
        const after = done(made, there);
        const held = new Set(made.creates.flatMap(({ key, elsewhere }) => (elsewhere === undefined ? [] : [key])));
        const reachable = wanted.map(subscriptionKey).filter((key) => !held.has(key));
        assert.deepEqual(keysOnWebhook(after, '100').toSorted(), reachable.toSorted());
        const again = plan(wanted, after);
        assert.deepEqual(
          shown(again),
          [...held].map((key) => `create ${key}`),
        );
      }),
    );
  });

  test('touches nothing that is for another webhook in use, and deletes only its own', () => {
    fc.assert(
      fc.property(wantedList, anyPresent, (wanted, there) => {
        const made = plan(wanted, there);
        const byId = new Map(there.activities.map((activity) => [activity.subscriptionId, activity]));
        for (const { subscriptionId } of made.updates) assert.notEqual(byId.get(subscriptionId)?.webhookId, '200');
        for (const { activity } of made.deletes) {
          if (activity === undefined) continue;
          assert.ok(activity.webhookId === '100' || activity.tag === markOf(home));
          assert.notEqual(activity.webhookId, '200');
        }
      }),
    );
  });

  test('is the same in whatever order X lists what it has, and accounts for all of it', () => {
    fc.assert(
      fc.property(wantedList, anyPresent, (wanted, there) => {
        const made = plan(wanted, there);
        const reversed = { activities: there.activities.toReversed(), accounts: there.accounts.toReversed() };
        assert.deepEqual(plan(wanted, reversed), made);
        const touched = made.updates.length + made.deletes.length + made.keeps.length + made.foreign.length;
        assert.equal(touched, there.activities.length + there.accounts.length);
        assert.equal(made.creates.length + made.updates.length + made.keeps.length, wanted.length);
      }),
    );
  });
});
