import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { ListOptions } from '../../../shared/aws/event-reader/listing.ts';
import { eventOf, type Reading, startReading, subjectsOf } from './reading.ts';

describe('the reader, between times', () => {
  let reading: Reading;
  const days = ['1970-01-01', '2026-11-20', '2026-11-21', '2031-05-05', '9999-12-31'];

  before(async () => {
    reading = await startReading();
    await reading.store(
      ...days.flatMap((day) => [
        eventOf('1', `${day}-early`, `${day}T00:00:00.000Z`),
        eventOf('2', `${day}-late`, `${day}T23:59:59.999Z`, { type: 'follow.follow' }),
      ]),
    );
    const { account, ...nobodys } = eventOf('-', 'nobodys', '2026-11-21T12:00:00.000Z');
    await reading.store(nobodys);
  });
  after(() => reading.close());

  const between = (options?: ListOptions) => Array.fromAsync(reading.reader.events.between(options)).then(subjectsOf);

  test('lists everything, newest first: the future, 1970 and events without an account included', async () => {
    assert.deepEqual(await between(), [
      '9999-12-31-late',
      '9999-12-31-early',
      '2031-05-05-late',
      '2031-05-05-early',
      '2026-11-21-late',
      'nobodys',
      '2026-11-21-early',
      '2026-11-20-late',
      '2026-11-20-early',
      '1970-01-01-late',
      '1970-01-01-early',
    ]);
    assert.deepEqual(await between({ order: 'oldest-first' }), (await between()).toReversed());
  });

  test('takes a range over days, its beginning and not its end', async () => {
    const range = { from: '2026-11-20T23:59:59.999Z', to: '2026-11-21T23:59:59.999Z' };
    assert.deepEqual(await between(range), ['nobodys', '2026-11-21-early', '2026-11-20-late']);
    assert.deepEqual(await between({ ...range, type: 'follow.follow' }), ['2026-11-20-late']);
    assert.deepEqual(await between({ to: '1970-01-01T00:00:00.000Z' }), []);
  });

  test('goes on from a cursor over the end of a day', async () => {
    const all = await between();
    const seen: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const options = { limit: 3, ...(cursor === undefined ? {} : { cursor }) };
      const piece = await Array.fromAsync(reading.reader.events.between(options));
      if (piece.length === 0) break;
      seen.push(...subjectsOf(piece));
      cursor = piece.at(-1)?.cursor;
    }
    assert.deepEqual(seen, all);
  });
});

describe('the reader, by post', () => {
  let reading: Reading;
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 21, 10, minute)).toISOString();
  const post = { type: 'post.create', postId: '500' };

  before(async () => {
    reading = await startReading();
    await reading.store(
      eventOf('1', '500', at(0), post),
      eventOf('2', '500', at(0), { ...post, type: 'post.mention.create' }),
      eventOf('1', 'like-1', at(1), { postId: '500', carriedPostIds: ['500'] }),
      eventOf('1', '600', at(2), { type: 'post.quote.create', postId: '600', carriedPostIds: ['500'] }),
      eventOf('1', '500', at(3), { type: 'post.delete', postId: '500' }),
      // Somebody whose number is the post's.
      eventOf('1', '500', at(4), { type: 'follow.follow' }),
      eventOf('1', '700', at(5), { ...post, postId: '700' }),
    );
  });
  after(() => reading.close());

  const byPost = async (postId: string, options?: ListOptions) =>
    (await Array.fromAsync(reading.reader.events.byPost(postId, options))).map(
      ({ type, account }) => `${type} ${account}`,
    );

  test('finds the post itself for every account, its deletion and what carries it, newest first', async () => {
    const found = await byPost('500');
    assert.deepEqual(found.slice(0, 3), ['post.delete 1', 'post.quote.create 1', 'like.create 1']);
    assert.deepEqual(found.slice(3).toSorted(), ['post.create 1', 'post.mention.create 2']);
    assert.deepEqual(await byPost('600'), ['post.quote.create 1']);
    assert.deepEqual(await byPost('404'), []);
  });

  test('takes a type, a range, an order, a limit and a cursor as every listing does', async () => {
    assert.deepEqual(await byPost('500', { type: 'like.create' }), ['like.create 1']);
    assert.deepEqual(await byPost('500', { from: at(1), to: at(3) }), ['post.quote.create 1', 'like.create 1']);
    assert.deepEqual(await byPost('500', { order: 'oldest-first', from: at(1), limit: 1 }), ['like.create 1']);
    const [first] = await Array.fromAsync(reading.reader.events.byPost('500', { limit: 1 }));
    assert.equal((await byPost('500', { cursor: first?.cursor ?? '', limit: 1 }))[0], 'post.quote.create 1');
  });

  test('finds a post that more events carry than one call gives', async () => {
    const likes = Array.from({ length: 250 }, (_, n) => eventOf('1', `like-of-800-${n}`, at(n), { postId: '800' }));
    await reading.store(...likes);
    const found = await Array.fromAsync(reading.reader.events.byPost('800'));
    assert.deepEqual(subjectsOf(found), likes.map(({ subjectId }) => subjectId).toReversed());
  });

  test('passes over a reference whose event was never stored', async () => {
    const table = reading.emulators.names.eventsTable;
    const refusal = { status: 400, body: '{"__type":"ValidationException"}' };
    const remove = reading.emulators.faults.dynamodb.add({
      target: 'PutItem',
      bodyIncludes: `"${table}"`,
      respond: refusal,
    });
    await assert.rejects(reading.store(eventOf('1', 'lost', at(6), { postId: '900' })));
    remove();
    assert.deepEqual(await byPost('900'), []);
  });
});
