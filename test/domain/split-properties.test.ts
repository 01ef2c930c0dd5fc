import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { aaaEventTypes, eventTypes } from '../../shared/domain/event-types.ts';
import { ada } from './people-and-posts.ts';
import { fixture, split, splitOne } from './split.ts';

const key = fc.constantFrom(...Object.keys(aaaEventTypes).filter((name) => !name.includes('.')), 'other_events');
const digits = fc.stringMatching(/^(0|[1-9]\d{0,30})(\.\d{1,20})?$/);
const { any } = fc.letrec((tie) => ({
  any: fc.oneof({ maxDepth: 4 }, fc.string(), fc.double(), fc.constant(null), tie('list'), tie('map')),
  list: fc.array(tie('any'), { maxLength: 3 }),
  map: fc.dictionary(
    fc.oneof(fc.constantFrom('id', 'data', 'type', 'user', 'retweeted_status', 'tweets', '__proto__'), fc.string()),
    tie('any'),
    { maxKeys: 4 },
  ),
}));
const maybeObject = (members: Readonly<Record<string, fc.Arbitrary<unknown>>>) =>
  fc.oneof(any, fc.record(members, { requiredKeys: [] }));
const envelope = maybeObject({
  event_type: fc.oneof(fc.constantFrom(...eventTypes), any),
  event_uuid: any,
  filter: maybeObject({ user_id: any, direction: any, qualifiers: any }),
  payload: maybeObject({ id: any, direct_message_events: fc.array(any), other_events: any, source: any, users: any }),
  includes: maybeObject({ tweets: any, users: any }),
  created_at: any,
});
/** Bodies in X's words, right and wrong at every level. */
const nearlyX = maybeObject({
  data: fc.oneof(envelope, fc.array(envelope, { maxLength: 3 })),
  matching_rules: any,
  for_user_id: fc.oneof(fc.constant('1'), any),
  ...Object.fromEntries(
    Object.keys(aaaEventTypes).map((name) => [name, fc.oneof(fc.array(any, { maxLength: 3 }), any)]),
  ),
  user_event: maybeObject({ revoke: any }),
  replay_job_status: maybeObject({ job_id: any, job_state: any }),
  meta: maybeObject({ replay: any }),
});
const withUuid = fixture('xaa/follow.follow');
const bodies = fc.constantFrom(
  ...['favorite_events', 'block_events.block', 'user_event.revoke'].map((name) => fixture(`aaa/${name}`)),
  ...['post.create', 'dm.received', 'news.new'].map((name) => fixture(`xaa/${name}`)),
  fixture('other/filtered_stream'),
  // Without an id or a uuid the content decides:
  withUuid.replace(/"event_uuid".*/, ''),
  fixture('aaa/favorite_events').replace('favorite_events', 'other_events'),
  '{"is":"of no product","followers_count":1}',
);

function shuffled(input: unknown, order: (keys: readonly string[]) => readonly string[]): unknown {
  if (Array.isArray(input)) return input.map((entry) => shuffled(entry, order));
  if (typeof input !== 'object' || input === null) return input;
  const members = new Map(Object.entries(input));
  return Object.fromEntries(order([...members.keys()]).map((name) => [name, shuffled(members.get(name), order)]));
}

describe('splitting', () => {
  test('any bytes never throws and never finds nothing', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => assert.equal(split(bytes).events.length, 1)));
  });

  test('any JSON in the words of X never throws and never finds nothing', () => {
    fc.assert(
      fc.property(nearlyX, (body) => {
        const { events, replayStatuses } = split(JSON.stringify(body));
        assert.ok(events.length + replayStatuses.length > 0);
        for (const { payload } of events) JSON.parse(payload);
      }),
      { numRuns: 1000 },
    );
  });

  test('keeps whatever an unknown member holds, digit for digit', () => {
    fc.assert(
      fc.property(fc.json(), digits, fc.integer({ min: 1, max: 3 }), (json, number, count) => {
        const compact = JSON.stringify(JSON.parse(json));
        const entry = `{"status":{"id":"1"},"extra":${compact},"number":${number}}`;
        const { events } = split(`{"for_user_id":"1","tweet_delete_events":[${Array(count).fill(entry).join(' , ')}]}`);
        assert.equal(events.length, count);
        for (const { payload } of events) {
          assert.ok(payload.endsWith(`"number":${number}}]}`));
          assert.deepEqual(JSON.parse(payload), JSON.parse(`{"for_user_id":"1","tweet_delete_events":[${entry}]}`));
        }
      }),
    );
  });

  test('finds as many events as there are entries', () => {
    const entries = fc.array(fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant({})), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.dictionary(key, entries, { minKeys: 1 }), (keys) => {
        const { events } = split({ for_user_id: ada, ...keys });
        assert.equal(events.length, Object.values(keys).flat().length);
      }),
    );
  });

  test('gives one id whatever the order of keys, and whatever varies between deliveries', () => {
    fc.assert(
      fc.property(bodies, fc.boolean(), fc.nat(), fc.string(), (sent, reverse, count, tag) => {
        const order = (keys: readonly string[]) => (reverse ? keys.toReversed() : keys.toSorted());
        const body = JSON.parse(sent);
        const data = body.data?.event_type && { data: { ...body.data, tag, direction: tag, includes: { users: [] } } };
        const varied = JSON.stringify(shuffled({ ...body, ...data, meta: { replay: true }, tag }, order));
        const counted = varied.replace(/_count":\s*\d+/g, `_count":${count}`);
        assert.equal(splitOne(counted).eventId, splitOne(sent).eventId);
      }),
    );
  });

  test('gives different ids to different objects', () => {
    const id = fc.string({ unit: 'binary', minLength: 1, maxLength: 150 });
    fc.assert(
      fc.property(id, id, (one, other) => {
        const aaa = (status: string) =>
          splitOne({ for_user_id: ada, tweet_delete_events: [{ status: { id: status } }] });
        const xaa = (uuid: string) => splitOne({ data: { event_type: 'block.block', event_uuid: uuid, payload: {} } });
        for (const identify of [aaa, xaa])
          assert.equal(identify(one).eventId === identify(other).eventId, one === other);
      }),
    );
  });
});
