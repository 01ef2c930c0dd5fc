import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createXClient } from '../../../../shared/x/api/client.ts';
import {
  createWebhook,
  deleteWebhook,
  listWebhooks,
  startReplay,
  validateWebhook,
} from '../../../../shared/x/api/webhooks.ts';
import { asApp } from '../../../local/x-emulator/emulated-x.ts';
import { startReplaying } from '../../../local/x-emulator/replay/replaying.ts';
import { startRecordingProxy } from '../../../support/recording-proxy.ts';
import { loadXDescription, skipWithoutDescription } from '../../../support/x-description.ts';

const minuteMs = 60_000;

test('every call about webhooks and replays, and X’s answer to it, is as X describes it', {
  skip: skipWithoutDescription,
}, async (t) => {
  const { x, clock, receiver, webhookId, finish } = await startReplaying(t, ['{"one":1}']);
  const proxy = await startRecordingProxy(x.url);
  t.after(() => proxy.close());
  const bearerToken = asApp.replace('Bearer ', '');
  const client = createXClient({ baseUrl: proxy.url, bearerToken, timeoutMs: 10_000 });
  const window = { fromMs: clock.now() - 60 * minuteMs, toMs: clock.now() - 30 * minuteMs };

  assert.equal((await listWebhooks(client)).ok, true);
  assert.equal((await validateWebhook(client, webhookId)).ok, true);
  assert.equal((await startReplay(client, webhookId, window, clock.now())).kind, 'started');
  assert.deepEqual(await startReplay(client, webhookId, window, clock.now()), { kind: 'conflict' });
  await finish();
  const created = await createWebhook(client, `${receiver.url}/another`);
  assert.ok(created.ok);
  assert.equal((await deleteWebhook(client, created.value)).ok, true);
  const again = await createWebhook(client, receiver.url);
  assert.equal(again.ok ? undefined : again.failure.reason, 'DuplicateUrlFailed');

  const description = loadXDescription(bearerToken);
  for (const exchange of proxy.exchanges) description.check(exchange);
  assert.equal(proxy.exchanges.length, 7);
});
