import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { readOperatorCredentials, requireBearerToken } from '../../../cli/credentials/operator-credentials.ts';
import { commandLineFor } from '../../../cli/target/command-line.ts';
import { resolveTarget } from '../../../cli/target/target.ts';
import { type LocalProject, startLocalProject } from '../local-project.ts';
import { createRecordingTerminal } from '../recording-terminal.ts';

const command = commandLineFor({}, 'fresh');

describe('the operator’s credentials', () => {
  let project: LocalProject;
  before(async () => {
    const filled = JSON.stringify({
      bearerToken: 'stored-bearer',
      consumerKey: 'stored-key',
      users: { '7': { scheme: 'oauth1', token: '7-stored', tokenSecret: 'stored-token-secret' } },
    });
    project = await startLocalProject({ default: '{}', fresh: '{}' }, undefined, { apiTokens: { default: filled } });
  });
  after(() => project.close());

  const read = async (app: string, env: Readonly<Record<string, string>> = {}) => {
    const target = await resolveTarget({ local: true }, createRecordingTerminal({ directory: project.directory }));
    return readOperatorCredentials(target, app, env);
  };

  test('come from the stack, and from the environment what the stack lacks', async () => {
    const { keys, users } = await read('default', {
      X_BEARER_TOKEN: 'environment-bearer',
      X_CLIENT_ID: 'environment-id',
      X_CLIENT_SECRET: '',
    });

    assert.deepEqual(keys, { bearerToken: 'stored-bearer', consumerKey: 'stored-key', clientId: 'environment-id' });
    assert.deepEqual(users, { '7': { scheme: 'oauth1', token: '7-stored', tokenSecret: 'stored-token-secret' } });
  });

  test('leave out an environment that belongs to another app', async () => {
    const { keys } = await read('default', { X_CONSUMER_KEY: 'other-key', X_CONSUMER_SECRET: 'other-secret' });

    assert.deepEqual(keys, { bearerToken: 'stored-bearer', consumerKey: 'stored-key' });
  });

  test('of an app whose secret has no value yet are those of the environment, its owner’s access token included', async () => {
    const credentials = await read('fresh', {
      X_BEARER_TOKEN: 'environment-bearer',
      X_ACCESS_TOKEN: '42-environment',
      X_ACCESS_TOKEN_SECRET: 'environment-token-secret',
    });

    assert.equal(requireBearerToken(credentials, command), 'environment-bearer');
    assert.deepEqual(credentials.users, {
      '42': { scheme: 'oauth1', token: '42-environment', tokenSecret: 'environment-token-secret' },
    });
  });

  test('without a bearer token say how to get one', async () => {
    const credentials = await read('fresh');

    assert.throws(() => requireBearerToken(credentials, command), {
      code: 'LOGIN_REQUIRED',
      message: /gapless secrets set --app fresh, or set X_BEARER_TOKEN/,
    });
  });

  test('of an app that the stack does not have: which apps it has', async () => {
    await assert.rejects(read('other'), { code: 'NOT_FOUND', message: /no app "other"; it has: default, fresh/ });
  });
});
