import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { GetSecretValueCommand, UpdateSecretVersionStageCommand } from '@aws-sdk/client-secrets-manager';
import { type SecretsManager, startSecretsManager } from '../../../local/secrets-manager.ts';
import { createSecretsManagerClient } from '../../../shared/aws/clients/secrets-manager.ts';
import { changeSecretText, readSecretText } from '../../../shared/aws/secret-text.ts';
import { clientConfig } from '../../support/emulators.ts';

describe('the text of a secret', () => {
  let secrets: SecretsManager;
  before(async () => {
    secrets = await startSecretsManager();
  });
  after(() => secrets.close());

  const connect = () => createSecretsManagerClient(clientConfig(secrets.url));

  test('is absent until the first change, and then what the change made', async () => {
    const client = connect();
    secrets.ensure('new');

    assert.equal(await readSecretText(client, 'new'), undefined);
    assert.equal(await changeSecretText(client, 'new', (text) => `${text}!`), 'undefined!');
    assert.equal(await readSecretText(client, 'new'), 'undefined!');
  });

  test('keeps every one of ten changes that begin at the same moment', async () => {
    secrets.put('shared', '');
    const letters = [...'abcdefghij'];

    await Promise.all(letters.map((letter) => changeSecretText(connect(), 'shared', (text = '') => text + letter)));

    const text = await readSecretText(connect(), 'shared');
    assert.deepEqual([...(text ?? '')].sort(), letters);
  });

  test('can be changed again after somebody set it back to an older version', async () => {
    const client = connect();
    secrets.put('set-back', 'first');
    const { VersionId } = await client.send(new GetSecretValueCommand({ SecretId: 'set-back' }));
    await changeSecretText(client, 'set-back', () => 'second');
    await client.send(
      new UpdateSecretVersionStageCommand({
        SecretId: 'set-back',
        VersionStage: 'AWSCURRENT',
        MoveToVersionId: VersionId,
      }),
    );

    await changeSecretText(client, 'set-back', () => 'third');

    assert.equal(await readSecretText(client, 'set-back'), 'third');
  });

  test('of a secret that is not there says what could not be done', async () => {
    await assert.rejects(
      changeSecretText(connect(), 'nowhere', () => 'x'),
      { code: 'SECRET_UNAVAILABLE', message: /nowhere could not be written \(ResourceNotFoundException\)/ },
    );
  });
});
