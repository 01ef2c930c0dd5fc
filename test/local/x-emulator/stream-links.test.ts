import assert from 'node:assert/strict';
import { test } from 'node:test';
import { messageOf, startX } from './emulated-x.ts';

const path = '/2/tweets/search/webhooks';

test('links the filtered stream to a webhook once, and unlinks it', async (t) => {
  const { api, register } = await startX(t);
  const id = await register();

  assert.deepEqual((await api(`POST ${path}/${id}`)).body, { data: { provisioned: true } });
  assert.deepEqual((await api(`POST ${path}/${id}`)).body, { data: { provisioned: true } });
  const link = { application_id: '29820954', created_at: '2026-11-21T12:00:00.000Z', fields: [], webhook_id: id };
  assert.deepEqual((await api(`GET ${path}`)).body, { data: [link] });
  assert.deepEqual((await api(`DELETE ${path}/${id}`)).body, { data: { deleted: true } });

  assert.equal(messageOf(await api(`DELETE ${path}/${id}`)), 'WebhookIdInvalid: Webhook is not linked');
  assert.equal(messageOf(await api(`POST ${path}/1`)), 'WebhookIdInvalid: Webhook does not exist');
});
