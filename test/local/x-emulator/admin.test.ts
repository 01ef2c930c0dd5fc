import assert from 'node:assert/strict';
import { test } from 'node:test';
import { list, member } from '../../../shared/domain/json.ts';
import { messageOf, startX } from './emulated-x.ts';

test('emits a given body and answers with the receiver’s status', async (t) => {
  const { api, receiver, register } = await startX(t);
  await register();
  receiver.post = (earlier) => ({ status: earlier === 0 ? 200 : 401 });

  const emission = { body: '{"a":1}', times: 2, schemes: ['legacy'], retry: false };
  const { status, body } = await api('POST /admin/emit', emission, '');

  assert.equal(status, 200);
  assert.deepEqual(
    list(member(body, 'attempts')).map((attempt) => member(attempt, 'status')),
    [200, 401],
  );
  assert.deepEqual(
    receiver.posts.map((post) => post.body),
    ['{"a":1}', '{"a":1}'],
  );
});

test('emits bytes given as base64', async (t) => {
  const { api, receiver, register } = await startX(t);
  await register();

  await api('POST /admin/emit', { bodyBase64: Buffer.from('not JSON — ✓').toString('base64') });

  assert.equal(receiver.posts[0]?.body, 'not JSON — ✓');
});

test('lists what was sent', async (t) => {
  const { api, register, x } = await startX(t);
  const webhookId = await register();
  const { key } = await x.emit({ webhookId, body: '{}' });

  const { body } = await api('GET /admin/sent', undefined, '');

  assert.equal(member(body, 'counts', 'distinct'), 1);
  const atMs = Date.UTC(2026, 10, 21, 12);
  const attempts = [{ atMs, status: 200 }];
  const event = { key, kind: 'emitted', webhookId, createdAtMs: atMs, firstAtMs: atMs, attempts, outcome: 'delivered' };
  assert.deepEqual(member(body, 'events'), [event]);
  assert.equal(member((await api('GET /admin/sent?list=false')).body, 'events'), undefined);
});

test('gives every distinct body once, in pages', async (t) => {
  const { api, register, x } = await startX(t);
  const webhookId = await register();
  for (const body of ['{"n":1}', '{"n":2}', '{"n":1}', Buffer.from([0xff])]) await x.emit({ webhookId, body });
  const [one, two, bytes] = x.sent.events.keys();

  const first = await api('GET /admin/sent/bodies?limit=2', undefined, '');
  const second = await api('GET /admin/sent/bodies?limit=2&after=2', undefined, '');

  const kind = 'emitted';
  const events = [
    { key: one, kind, body: '{"n":1}' },
    { key: two, kind, body: '{"n":2}' },
  ];
  assert.deepEqual(first.body, { events, next: 2 });
  assert.deepEqual(second.body, { events: [{ key: bytes, kind, bodyBase64: '/w==' }] });
  for (const query of ['limit=0', 'limit=10001', 'after=-1', 'after=x']) {
    assert.equal((await api(`GET /admin/sent/bodies?${query}`)).status, 400);
  }
});

test('starts and stops traffic, and shows the state', async (t) => {
  const { api, register } = await startX(t);
  const webhookId = await register();

  const started = await api('POST /admin/traffic', { rate: 5, kinds: ['aaa', 'xaa.like.create'] });

  const traffic = {
    rate: 5,
    kinds: ['aaa', 'xaa.like.create'],
    steady: false,
    legacyLines: false,
    duplicateShare: 0,
    disorder: 0,
  };
  assert.deepEqual(started.body, { traffic });
  const { body } = await api('GET /admin/state', undefined, '');
  assert.deepEqual(member(body, 'traffic'), traffic);
  assert.equal(member(list(member(body, 'webhooks'))[0], 'id'), webhookId);
  assert.deepEqual((await api('POST /admin/traffic', { stop: true })).body, { traffic: null });
});

for (const [request, body, message] of [
  ['/admin/emit', {}, /^body: either/],
  ['/admin/emit', { body: '{}', bodyBase64: 'e30=' }, /^body: either/],
  ['/admin/emit', { body: '{}', schemes: ['hmac'] }, /^schemes:/],
  ['/admin/emit', { body: '{}', schemes: 'oauth2' }, /^schemes:/],
  ['/admin/emit', { body: '{}', times: 0 }, /^times:/],
  ['/admin/emit', { body: '{}', retry: 'no' }, /^retry:/],
  ['/admin/emit', { body: '{}', webhookId: '7' }, /^webhookId:/],
  ['/admin/emit', { body: '{}', webhookId: 7 }, /^webhookId:/],
  ['/admin/traffic', { rate: 0 }, /^rate:/],
  ['/admin/traffic', { kinds: ['tweets'] }, /^kinds:/],
  ['/admin/traffic', { kinds: 'aaa' }, /^kinds:/],
  ['/admin/traffic', { disorder: 2 }, /^disorder:/],
] as const) {
  test(`refuses ${request} with ${JSON.stringify(body)} and says why`, async (t) => {
    const { api } = await startX(t);

    const answer = await api(`POST ${request}`, body);

    assert.equal(answer.status, 400);
    assert.match(String(messageOf(answer)), message);
  });
}
