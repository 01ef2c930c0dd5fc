import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { member } from '../../../shared/domain/json.ts';
import { asUser, startX } from './emulated-x.ts';
import { ManualClock } from './manual-clock.ts';

test('webhooks, subscriptions and what was sent survive a restart', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'x-emulator-'));
  t.after(() => rm(dataDir, { recursive: true }));
  const before = await startX(t, { dataDir });
  const webhookId = await before.register();
  await before.api(`POST /2/account_activity/webhooks/${webhookId}/subscriptions/all`, {}, asUser('2244'));
  await before.api('POST /2/activity/subscriptions', { event_type: 'post.create', filter: { user_id: '1' } });
  await before.x.emit({ webhookId, body: '{"n":1}' });
  before.receiver.post = () => ({ status: 500 });
  const { key } = await before.x.emit({ webhookId, body: '{"n":2}' });
  const webhooks = await before.api('GET /2/webhooks');
  const subscriptions = await before.api('GET /2/activity/subscriptions');
  await before.x.close();

  const after = await startX(t, { dataDir });

  assert.deepEqual((await after.api('GET /2/webhooks')).body, webhooks.body);
  assert.deepEqual((await after.api('GET /2/activity/subscriptions')).body, subscriptions.body);
  const count = await after.api('GET /2/account_activity/subscriptions/count');
  assert.equal(member(count.body, 'data', 'subscriptions_count_all'), '1');
  assert.equal(after.x.sent.counts().delivered, 1);
  assert.equal(after.x.sent.events.get(key)?.outcome, 'failed');
});

test('what was sent before a restart can be replayed after it', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'x-emulator-'));
  t.after(() => rm(dataDir, { recursive: true }));
  const before = await startX(t, { dataDir });
  const webhookId = await before.register();
  await before.x.emit({ webhookId, body: '{"n":"ok"}' });
  before.receiver.post = () => ({ status: 500 });
  await before.x.emit({ webhookId, body: '{"n":"missed"}', retry: false });
  before.receiver.post = () => ({ status: 200 });
  await before.x.close();

  const after = await startX(t, { dataDir });
  after.clock.advance(3_600_000);
  const request = { webhook_id: webhookId, from_date: '202611211200', to_date: '202611211201' };
  await after.api('POST /2/webhooks/replay', request);
  after.clock.advance(1_000);
  await after.x.idle();
  await after.x.close();

  const bodies = before.receiver.posts.slice(2, 4).map(({ body }) => body);
  assert.deepEqual(bodies.sort(), ['{"n":"missed"}', '{"n":"ok"}']);
  assert.equal((await startX(t, { dataDir })).x.sent.counts().delivered, 2);
});

test('bodies that can be replayed no more do not outlive a restart', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'x-emulator-'));
  t.after(() => rm(dataDir, { recursive: true }));
  const before = await startX(t, { dataDir });
  const webhookId = await before.register();
  await before.x.emit({ webhookId, body: '{"n":"old"}' });
  before.clock.advance(23 * 3_600_000);
  await before.x.emit({ webhookId, body: '{"n":"new"}' });
  await before.x.close();

  const clock = new ManualClock(before.clock.now() + 3 * 3_600_000);
  const after = await startX(t, { dataDir, clock });

  const bodies = [...after.x.sent.events.values()].map(({ body }) => body && Buffer.from(body).toString());
  assert.deepEqual(bodies, [undefined, '{"n":"new"}']);
  assert.equal((await readFile(join(dataDir, 'x-bodies.jsonl'), 'utf8')).split('\n').length, 2);
});

test('a broken file is an error that says what to do', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'x-emulator-'));
  t.after(() => rm(dataDir, { recursive: true }));
  await writeFile(join(dataDir, 'x-state.json'), '{"webhooks":');

  await assert.rejects(startX(t, { dataDir }), { code: 'LOCAL_START_FAILED', message: /Remove the file/ });
});
