import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { member } from '../../../shared/domain/json.ts';
import { asUser, startX } from './emulated-x.ts';

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

test('a broken file is an error that says what to do', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'x-emulator-'));
  t.after(() => rm(dataDir, { recursive: true }));
  await writeFile(join(dataDir, 'x-state.json'), '{"webhooks":');

  await assert.rejects(startX(t, { dataDir }), { code: 'LOCAL_START_FAILED', message: /Remove the file/ });
});
