import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type SecretsManager, startSecretsManager } from '../../../local/secrets-manager.ts';
import { createApiTokenStore } from '../../../shared/aws/api-token-store.ts';
import { createAppSecretStore } from '../../../shared/aws/app-secret-store.ts';
import { createSecretsManagerClient } from '../../../shared/aws/clients/secrets-manager.ts';
import { clientConfig } from '../../support/emulators.ts';

describe('what operators keep in Secrets Manager', () => {
  let secrets: SecretsManager;
  before(async () => {
    secrets = await startSecretsManager();
  });
  after(() => secrets.close());

  const connect = () => createSecretsManagerClient(clientConfig(secrets.url));

  test('takes the tokens of fifty accounts at once in a handful of versions', async () => {
    secrets.ensure('tokens');
    const client = connect();
    let puts = 0;
    client.middlewareStack.add(
      (next, context) => (args) => {
        if (context.commandName === 'PutSecretValueCommand') puts += 1;
        return next(args);
      },
      { step: 'initialize' },
    );
    const store = createApiTokenStore(client, 'tokens');
    const ids = Array.from({ length: 50 }, (_, index) => String(index + 1));

    await Promise.all(
      ids.map((id) =>
        store.change((tokens) => ({
          ...tokens,
          users: { ...tokens.users, [id]: { scheme: 'oauth1', token: `${id}-t`, tokenSecret: 's' } },
        })),
      ),
    );

    assert.deepEqual(Object.keys((await store.read()).users), ids);
    assert.ok(puts <= 2, `${puts} versions`);
  });

  test('goes on after a change that failed, and says so to those who asked for that one', async () => {
    secrets.ensure('after-failure');
    const store = createApiTokenStore(connect(), 'after-failure');
    const failing = store.change(() => {
      throw new RangeError('told to');
    });
    const next = failing.catch(() => store.change((tokens) => ({ ...tokens, keys: { bearerToken: 'b' } })));

    await assert.rejects(failing, RangeError);
    await next;

    assert.deepEqual((await store.read()).keys, { bearerToken: 'b' });
  });

  test('holds an app’s signing secrets in the form that the receiver reads', async () => {
    secrets.ensure('signing');
    const store = createAppSecretStore(connect(), 'signing');
    const validUntil = Date.parse('2026-11-22T12:00:00.000Z');

    await store.change((now) => ({ ...now, clientSecrets: [{ value: 'new' }, { value: 'old', validUntil }] }));

    assert.equal(
      secrets.current('signing'),
      '{"consumerSecrets":[],"clientSecrets":[{"value":"new"},{"value":"old","validUntil":"2026-11-22T12:00:00.000Z"}]}',
    );
    assert.deepEqual((await store.read()).clientSecrets[1], { value: 'old', validUntil });
  });
});
