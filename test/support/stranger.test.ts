import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Receiver } from '../local/x-emulator/receiver.ts';
import { floodCrcs, floodPosts } from './stranger.ts';

test('a stranger posts as often as asked, each time something else, and counts the answers', async (t) => {
  const receiver = await Receiver.start('secret');
  t.after(() => receiver.close());
  receiver.post = (earlier) => ({ status: earlier < 10 ? 401 : 429 });

  const answers = await floodPosts({ url: receiver.url, count: 50, connections: 4 });

  assert.deepEqual(Object.fromEntries(answers), { 401: 10, 429: 40 });
  assert.equal(new Set(receiver.posts.map(({ body }) => body)).size, 50);
  const unsigned = receiver.posts.filter(
    ({ headers }) => !Object.keys(headers).some((name) => name.includes('signature')),
  );
  assert.equal(unsigned.length, 10);
});

test('a stranger asks for CRCs as X does', async (t) => {
  const receiver = await Receiver.start('secret');
  t.after(() => receiver.close());

  const answers = await floodCrcs({ url: receiver.url, count: 20 });

  assert.deepEqual(Object.fromEntries(answers), { 200: 20 });
  const queries = receiver.crcs.map(({ url }) => new URL(url, receiver.url).searchParams);
  assert.equal(new Set(queries.map((query) => query.get('crc_token'))).size, 20);
  assert.ok(queries.every((query) => query.get('crc_token')?.length === 48 && query.has('nonce')));
  assert.equal(receiver.crcs.filter(({ headers }) => headers['x-twitter-webhooks-signature']).length, 10);
});

test('nobody there is no answer', async () => {
  const receiver = await Receiver.start('secret');
  await receiver.close();

  assert.deepEqual(Object.fromEntries(await floodPosts({ url: receiver.url, count: 3 })), { 0: 3 });
});
