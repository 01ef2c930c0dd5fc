import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readBody } from '../../../local/http-body.ts';
import { listenOnLoopback } from '../../../local/loopback-server.ts';
import { createSecretsManagerClient } from '../../../shared/aws/clients/secrets-manager.ts';
import { createSecretChangedAt } from '../../../shared/aws/secret-changed-at.ts';
import { clientConfig } from '../../support/emulators.ts';

test('when a secret was changed is asked without asking for its value', async (t) => {
  const asked: unknown[] = [];
  const server = await listenOnLoopback(async (request, response) => {
    const { SecretId } = JSON.parse((await readBody(request)).toString());
    asked.push([request.headers['x-amz-target'], SecretId]);
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(SecretId === 'arn:filled' ? { LastChangedDate: 1_795_255_200.5 } : {}));
  });
  const client = createSecretsManagerClient(clientConfig(server.url));
  t.after(async () => {
    client.destroy();
    await server.close();
  });
  const changedAt = createSecretChangedAt(
    client,
    new Map([
      ['default', 'arn:filled'],
      ['brand', 'arn:new'],
    ]),
  );
  assert.equal(await changedAt('default'), 1_795_255_200_500);
  assert.equal(await changedAt('brand'), undefined);
  assert.deepEqual(asked, [
    ['secretsmanager.DescribeSecret', 'arn:filled'],
    ['secretsmanager.DescribeSecret', 'arn:new'],
  ]);
});
