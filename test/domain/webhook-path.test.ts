import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appOfPath, webhookPath } from '../../shared/domain/webhook-path.ts';

test('an app is found by the path of its webhook', () => {
  for (const app of ['default', 'shop', 'a-1']) assert.equal(appOfPath(webhookPath(app)), app);
  assert.equal(webhookPath('default'), '/webhooks/x');
  assert.equal(appOfPath('/webhooks/x/default'), 'default');
});

test('another path is no webhook, however near it is', () => {
  for (const path of [
    '',
    '/',
    '/webhooks',
    '/webhooks/x/',
    '/webhooks/x/a/',
    '/webhooks/x/a/b',
    '/v1/webhooks/x',
    '/webhooks/xa',
  ]) {
    assert.equal(appOfPath(path), undefined, path);
  }
});
