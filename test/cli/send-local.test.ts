import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { after, before, beforeEach, describe, test } from 'node:test';
import { sign } from '../../shared/x/signature.ts';
import { gapless } from './gapless-process.ts';
import { listen } from './listen.ts';
import { type LocalProject, startLocalProject } from './local-project.ts';

const appSecrets = {
  default: JSON.stringify({
    clientSecrets: [{ value: 'expired', validUntil: '2020-01-01T00:00:00Z' }, { value: 'made-up-client-secret' }],
    consumerSecrets: [{ value: 'made-up-consumer-secret' }],
  }),
  second: JSON.stringify({ consumerSecrets: [{ value: 'made-up-second-secret' }] }),
  fresh: '{}',
};

describe('gapless send --local', () => {
  const received: { readonly path: string | undefined; readonly headers: IncomingHttpHeaders }[] = [];
  const server = createServer((request, response) => {
    received.push({ path: request.url, headers: request.headers });
    response.end();
  });
  let project: LocalProject;

  before(async () => {
    project = await startLocalProject(appSecrets, `${await listen(server)}/webhooks/x`);
  });
  beforeEach(() => {
    received.length = 0;
  });
  after(async () => {
    server.close();
    await project.close();
  });

  const send = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    gapless(['send', '--local', ...args, '-'], { cwd: project.directory, input: '{}', env });

  test('signs with the live client secret of the stack, whatever the environment has', async () => {
    const { code, notes } = await send([], { X_CLIENT_SECRET: 'of another stack' });

    assert.deepEqual([code, notes], [0, '']);
    assert.equal(received[0]?.path, '/webhooks/x');
    assert.equal(
      received[0]?.headers['x-twitter-webhooks-signature-oauth2'],
      sign('made-up-client-secret', Buffer.from('{}')),
    );
  });

  test('sends as another app to its own address, with its own secret', async () => {
    const { code } = await send(['--app', 'second']);

    assert.equal(code, 0);
    assert.equal(received[0]?.path, '/webhooks/x/second');
    assert.equal(
      received[0]?.headers['x-twitter-webhooks-signature'],
      sign('made-up-second-secret', Buffer.from('{}')),
    );
  });

  test('signs with the environment while the secret is not filled', async () => {
    const { code } = await send(['--app', 'fresh'], { X_CONSUMER_SECRET: 'from-env' });

    assert.equal(code, 0);
    assert.equal(received[0]?.headers['x-twitter-webhooks-signature'], sign('from-env', Buffer.from('{}')));
  });

  test('says that the secret is not filled', async () => {
    const { code, notes } = await send(['--app', 'fresh']);

    assert.equal(code, 1);
    assert.match(notes, /^gapless: The secret .*fresh.* has no entries yet/);
  });

  test('says that there is no secret for the scheme', async () => {
    const { code, notes } = await send(['--app', 'second', '--scheme', 'oauth2']);

    assert.equal(code, 1);
    assert.match(notes, /^gapless: The secret of app second has no live entry for --scheme oauth2\./);
  });

  test('says which apps there are', async () => {
    const { code, notes } = await send(['--app', 'toString']);

    assert.equal(code, 1);
    assert.match(notes, /has no app "toString"; it has: default, second, fresh\./);
  });

  test('says what to do when the secret may not be read', async () => {
    const remove = project.emulators.faults.secretsManager.add({
      respond: { status: 400, body: '{"__type":"AccessDeniedException","message":"no"}' },
    });

    const { code, notes } = await send([]);

    remove();
    assert.equal(code, 1);
    assert.match(notes, /app default could not be read \(AccessDeniedException\)\..*secretsmanager:GetSecretValue/);
  });
});
