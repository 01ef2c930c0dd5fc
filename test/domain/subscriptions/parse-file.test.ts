import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { aaaEventTypes } from '../../../shared/domain/event-types.ts';
import { families } from '../../../shared/domain/subscriptions/event-names.ts';
import { subscriptionKey } from '../../../shared/domain/subscriptions/keys.ts';
import { parseSubscriptionsFile } from '../../../shared/domain/subscriptions/parse-file.ts';
import { subscribableTypes } from '../../../shared/domain/subscriptions/subscribable-types.ts';

function keysOf(text: string): Readonly<Record<string, readonly string[]>> {
  const reading = parseSubscriptionsFile(text);
  if (reading.kind === 'faulty') return assert.fail(JSON.stringify(reading.problems));
  return Object.fromEntries([...reading.byApp].map(([app, wanted]) => [app, wanted.map(subscriptionKey)]));
}

const keysOfEntry = (entry: object) => keysOf(JSON.stringify({ accounts: [entry] })).default;

function problemsOf(value: unknown): readonly string[] {
  const reading = parseSubscriptionsFile(typeof value === 'string' ? value : JSON.stringify(value));
  assert.equal(reading.kind, 'faulty');
  return reading.kind === 'faulty' ? reading.problems.map(({ place, says }) => `${place} ${says}`) : [];
}

describe('the file of wanted subscriptions', () => {
  test('may have comments, trailing commas, a byte order mark and a schema', () => {
    const text = `\uFEFF// who
    {
      "$schema": "./docs/subscriptions.schema.json", /* what
      */ "accounts": [
        { "id": "7", "events": ["likes",], }, // not "like.create" // twice
        { "keyword": "a // b /* c */ \\" ,]" },
      ],
    }`;

    assert.deepEqual(keysOf(text), {
      default: ['xaa like.create 7', 'xaa news.new "a // b /* c */ \\" ,]"'],
    });
  });

  test('names types, families and Account Activity events, each asked for once', () => {
    assert.deepEqual(
      keysOfEntry({ id: '7', events: ['follows', 'follow.follow', 'favorite_events', 'unmute_events'] }),
      ['xaa follow.follow 7', 'xaa follow.unfollow 7', 'xaa like.create 7', 'xaa mute.mute 7', 'xaa mute.unmute 7'],
    );
    assert.deepEqual(keysOfEntry({ id: '7', event_types: ['chat.conversation_join'] }), [
      'xaa chat.conversation.join 7',
    ]);
  });

  test('narrows by direction what has one', () => {
    assert.deepEqual(keysOfEntry({ id: '7', events: ['likes', 'mutes'], direction: 'inbound' }), [
      'xaa like.create 7 inbound',
      'xaa mute.mute 7',
      'xaa mute.unmute 7',
    ]);
  });

  test('has one Account Activity subscription for an account, whatever events it names', () => {
    for (const events of [['all'], ['posts', 'dms'], Object.keys(aaaEventTypes).slice(0, -1)]) {
      assert.deepEqual(keysOfEntry({ id: '7', events, product: 'aaa' }), ['aaa all 7']);
    }
  });

  test('sorts by app', () => {
    const accounts = [
      { id: '7', events: ['mute.mute'] },
      { id: '7', events: ['mute.mute'], app: 'eu' },
      { id: '8', events: ['mute.mute'] },
    ];
    assert.deepEqual(keysOf(JSON.stringify({ accounts })), {
      default: ['xaa mute.mute 7', 'xaa mute.mute 8'],
      eu: ['xaa mute.mute 7'],
    });
  });

  test('asks for every type of an account by "all", and each type is in one family', () => {
    const { all, ...rest } = families;

    assert.deepEqual(
      keysOfEntry({ id: '7', events: ['all'] }),
      all.map((type) => `xaa ${type} 7`),
    );
    assert.deepEqual([...Object.values(rest).flat(), 'news.new'].toSorted(), [...subscribableTypes].toSorted());
  });

  const entry = { id: '7', events: ['posts'] };
  for (const [value, ...expected] of [
    [{}, /^accounts is not a list; write/],
    [{ accounts: [7] }, /^accounts\[0\] is not an object/],
    [{ accounts: [], acounts: [] }, /^acounts is not known here; there are: \$schema, accounts/],
    [{ accounts: [{ events: ['posts'] }] }, /^accounts\[0\]\.id is missing; write/],
    [{ accounts: [{ ...entry, id: 7 }] }, /^accounts\[0\]\.id is a number, which would be rounded/],
    [{ accounts: [{ ...entry, id: '@jack' }] }, /^accounts\[0\]\.id is not an account id; write its digits/],
    [{ accounts: [{ id: '7' }] }, /^accounts\[0\]\.events is not a list of events; write/],
    [{ accounts: [{ id: '7', events: [] }] }, /^accounts\[0\]\.events is not a list of events/],
    [
      { accounts: [entry, { id: '7', events: ['likes', 'like'] }] },
      /^accounts\[1\]\.events\[1\] "like" is no event; write/,
    ],
    [{ accounts: [{ id: '7', events: [1] }] }, /^accounts\[0\]\.events\[0\] is not a text/],
    [{ accounts: [{ id: '7', events: ['chat.read'] }] }, /cannot be subscribed: X has announced it/],
    [{ accounts: [{ id: '7', events: ['user_event.revoke'] }] }, /cannot be subscribed: X sends it by itself/],
    [{ accounts: [{ id: '7', events: ['news.new'] }] }, /^accounts\[0\]\.events\[0\] news is about no account; write/],
    [{ accounts: [{ ...entry, event_types: ['likes'] }] }, /^accounts\[0\]\.event_types is another name of events/],
    [{ accounts: [{ ...entry, event: 1 }] }, /^accounts\[0\]\.event is not known here/],
    [{ accounts: [{ ...entry, direction: 'inbound' }] }, /^accounts\[0\]\.direction narrows none of these events/],
    [{ accounts: [{ ...entry, direction: 'in' }] }, /^accounts\[0\]\.direction is none of inbound, outbound/],
    [{ accounts: [{ ...entry, product: 'v1' }] }, /^accounts\[0\]\.product is none of xaa, aaa/],
    [
      { accounts: [{ ...entry, product: 'aaa', tag: 't' }] },
      /^accounts\[0\]\.tag the Account Activity API knows no tag/,
    ],
    [
      { accounts: [{ id: '7', events: ['profile'], product: 'aaa' }] },
      /events\[0\] the Account Activity API delivers none/,
    ],
    [{ accounts: [{ ...entry, tag: 't'.repeat(201) }] }, /^accounts\[0\]\.tag is not a text of 1 to 200/],
    [{ accounts: [{ ...entry, app: 'EU' }] }, /^accounts\[0\]\.app is not an app’s name/],
    [{ accounts: [{ keyword: '' }] }, /^accounts\[0\]\.keyword is not a text of 1 to 150/],
    [{ accounts: [{ keyword: 'k', events: ['posts'] }] }, /^accounts\[0\]\.events a keyword is for news only/],
    [
      { accounts: [entry, { id: '7', events: ['post.create'], tag: 'a' }] },
      /^accounts\[1\] asks for xaa post\.create 7 with another tag than accounts\[0\]/,
    ],
    [{ accounts: [{ id: 'x' }, { id: 'y', events: ['posts'] }] }, /\[0\]\.id/, /\[0\]\.events/, /\[1\]\.id/],
    ['{"accounts": [\n  {"id": "7" "events": []}]}', /^line 2, column 14 is no JSON/],
    ['{"accounts": [', /^line 1, column 15 is no JSON/],
    ['{"accounts": [] /* ', /^line 1, column 17 is no JSON/],
    ['', /^line 1, column 1 is no JSON/],
  ] as const) {
    test(`is told of by place and with what to write: ${JSON.stringify(value).slice(0, 90)}`, () => {
      const problems = problemsOf(value);

      assert.equal(problems.length, expected.length, problems.join('\n'));
      for (const [index, pattern] of expected.entries()) assert.match(problems[index] ?? '', pattern);
    });
  }

  test('is read or told of, never thrown at, whatever it holds', () => {
    const member = fc.constantFrom('id', 'events', 'event_types', 'app', 'product', 'direction', 'tag', 'keyword');
    const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant(['posts']), fc.constant('7'), fc.constant('aaa'));
    const entry = fc.dictionary(member, value);
    const file = fc.oneof(fc.jsonValue(), fc.record({ accounts: fc.array(entry) }));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          file.map((one) => JSON.stringify(one)),
        ),
        (text) => {
          const reading = parseSubscriptionsFile(text);
          if (reading.kind === 'faulty') assert.notEqual(reading.problems.length, 0);
        },
      ),
    );
  });

  test('reads the same with a comment after every token', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1, maxLength: 20 })), (keywords) => {
        const file = { accounts: [...new Set(keywords)].map((keyword) => ({ keyword })) };
        const commented = JSON.stringify(file, null, 1).replaceAll(/\n/g, ' // "x" [,\n/* } */');
        assert.deepEqual(keysOf(commented), keysOf(JSON.stringify(file)));
      }),
    );
  });
});
