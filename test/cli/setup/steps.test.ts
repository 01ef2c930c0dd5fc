import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { runSteps } from '../../../cli/setup/run-steps.ts';
import type { Setup, Step } from '../../../cli/setup/setup.ts';
import { secretsStep } from '../../../cli/setup/steps/secrets.ts';
import { loginsStep, subscriptionsStep } from '../../../cli/setup/steps/subscriptions.ts';
import { subscriptionsFileStep } from '../../../cli/setup/steps/subscriptions-file.ts';
import { webhookStep } from '../../../cli/setup/steps/webhook.ts';
import { commandLineFor } from '../../../cli/target/command-line.ts';
import { resolveTarget } from '../../../cli/target/target.ts';
import { member } from '../../../shared/domain/json.ts';
import { person } from '../person.ts';
import { createRecordingTerminal, type RecordingTerminal } from '../recording-terminal.ts';
import { bearerToken, clientSecret, consumerSecret, startXStack, type XStack } from '../x-stack.ts';

const signatures = JSON.stringify({ clientSecrets: [{ value: clientSecret }] });

/** Takes the steps on the stack, as `gapless setup` does. Returns how many changed something. */
async function take(stack: XStack, steps: readonly Step[], given: Partial<RecordingTerminal> = {}, yes = true) {
  const clock = { now: () => Date.now() };
  const terminal = createRecordingTerminal({ directory: stack.project.directory, clock, ...given });
  const setup: Setup = {
    target: await resolveTarget({ local: true }, terminal),
    app: 'default',
    file: 'subscriptions.json',
    yes,
    login: { port: 0, opensBrowser: false },
    patienceMs: 0,
    terminal,
    command: commandLineFor({ local: true }, 'default'),
  };
  const changed = await runSteps(steps, setup);
  return { changed, out: terminal.printed.join('\n') };
}

describe('the secrets of a setup', () => {
  test('come from the environment, are checked at X and stored once', async (t) => {
    const stack = await startXStack(t);
    const env = { X_CONSUMER_KEY: 'key', X_CONSUMER_SECRET: consumerSecret, X_CLIENT_SECRET: clientSecret };

    const first = await take(stack, [secretsStep], { env });
    const second = await take(stack, [secretsStep], { env });

    assert.deepEqual([first.changed, second.changed], [1, 0]);
    assert.match(first.out, /stored consumer key, consumer secret, bearer token, client secret/);
    assert.equal(member(JSON.parse(stack.tokens() ?? '{}'), 'bearerToken'), bearerToken);
    for (const secret of [consumerSecret, clientSecret, bearerToken]) assert.ok(!first.out.includes(secret));
  });

  test('are asked for only where they are missing', async (t) => {
    const tokens = JSON.stringify({ consumerKey: 'key', consumerSecret, clientId: 'id', clientSecret });
    const stack = await startXStack(t, { signatures, tokens });
    const asked: string[] = [];
    const ask = async (question: string) => {
      asked.push(question);
      return question.startsWith('bearer') ? bearerToken : '';
    };

    await take(stack, [secretsStep], { ask });

    assert.deepEqual(asked, ['bearer token: ', 'access token: ', 'access token secret: ']);
    assert.equal(member(JSON.parse(stack.tokens() ?? '{}'), 'clientId'), 'id');
  });

  test('that could prove no delivery are not stored', async (t) => {
    const stack = await startXStack(t);

    await assert.rejects(
      take(stack, [secretsStep], { env: { X_BEARER_TOKEN: bearerToken } }),
      /no delivery can be proven/,
    );

    assert.equal(stack.tokens(), undefined);
  });
});

describe('the subscriptions of a setup', () => {
  const tokens = JSON.stringify({ bearerToken, consumerKey: 'key', consumerSecret, clientId: 'id', clientSecret });
  const path = (stack: XStack) => join(stack.project.directory, 'subscriptions.json');

  test('need a login for each account of the file that has none, for its scopes', async (t) => {
    const stack = await startXStack(t, { signatures, tokens });
    const accounts = [
      { id: '77', events: ['like.create'] },
      { id: '78', events: ['post.create'] },
    ];
    await writeFile(path(stack), JSON.stringify({ accounts }));
    const { note, shown } = person('77');

    const { changed, out } = await take(stack, [webhookStep, loginsStep, subscriptionsStep], { note });

    assert.equal(changed, 3);
    assert.match(out, /done +logins +logged in 77\n/);
    const scopes = shown.map((address) => new URL(address).searchParams.get('scope'));
    assert.deepEqual(scopes, ['like.read offline.access tweet.read users.read']);
    assert.match(out, /done +subscriptions +2 changed/);
  });

  test('are not changed when the person does not want it', async (t) => {
    const stack = await startXStack(t, { signatures, tokens });
    await writeFile(path(stack), JSON.stringify({ accounts: [{ id: '78', events: ['post.create'] }] }));
    const ask = async () => 'n';

    await assert.rejects(take(stack, [webhookStep, subscriptionsStep], { ask }, false), /Nothing was changed/);

    assert.doesNotMatch((await stack.gapless('subscriptions list')).out, /post\.create/);
  });

  test('that X has already stay as they are where no file says what is wanted', async (t) => {
    const stack = await startXStack(t, { signatures, tokens });
    await take(stack, [webhookStep]);
    await writeFile(path(stack), JSON.stringify({ accounts: [{ id: '78', events: ['post.create'] }] }));
    await stack.gapless('subscriptions apply --yes --file subscriptions.json');

    const { changed, out } = await take(stack, [
      { ...subscriptionsFileStep, look: (setup) => subscriptionsFileStep.look({ ...setup, file: 'absent.json' }) },
    ]);

    assert.equal(changed, 0);
    assert.match(out, /there is no absent\.json; X has 1 subscription already, and nothing is changed/);
  });

  test('begin with the app’s owner where its access token is known', async (t) => {
    const owner = {
      ...JSON.parse(tokens),
      accessToken: '99-made-up-access-token-xx',
      accessTokenSecret: 'made-up-secret',
    };
    const stack = await startXStack(t, { signatures, tokens: JSON.stringify(owner) });

    const { out } = await take(stack, [webhookStep, subscriptionsFileStep]);

    assert.match(out, /wrote subscriptions\.json: posts and likes of account 99/);
    assert.match(await readFile(path(stack), 'utf8'), /\{ "id": "99", "events": \["posts", "likes"\] \}/);
  });
});
