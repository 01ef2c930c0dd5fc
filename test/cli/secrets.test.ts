import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { commands } from '../../cli/commands.ts';
import { member } from '../../shared/domain/json.ts';
import { fingerprint } from '../../shared/x/secret-rotation.ts';
import { gapless } from './gapless-process.ts';
import { bearerToken, clientSecret, consumerSecret, startXStack } from './x-stack.ts';

const env = {
  X_CONSUMER_KEY: 'made-up-key',
  X_CONSUMER_SECRET: consumerSecret,
  X_CLIENT_ID: 'made-up-id',
  X_CLIENT_SECRET: `  ${clientSecret}\n`,
};
const read = (text: string | undefined): unknown => JSON.parse(text ?? '{}');

describe('gapless secrets set', () => {
  test('stores the keys of the environment in two secrets, with the bearer token that X gives for them', async (t) => {
    const stack = await startXStack(t);

    const { code, out } = await stack.gapless('secrets set', { env });

    assert.equal(code, 0);
    assert.equal(out, 'stored for app default: consumer key, consumer secret, bearer token, client id, client secret');
    assert.deepEqual(read(stack.signatures()), {
      consumerSecrets: [{ value: consumerSecret }],
      clientSecrets: [{ value: clientSecret }],
    });
    assert.deepEqual(read(stack.tokens()), {
      bearerToken,
      consumerKey: 'made-up-key',
      consumerSecret,
      clientId: 'made-up-id',
      clientSecret,
      users: {},
    });
  });

  test('changes nothing when it is run again, nor with --dry-run', async (t) => {
    const stack = await startXStack(t);
    await stack.gapless('secrets set --dry-run', { env });
    assert.equal(stack.signatures(), '{}');
    await stack.gapless('secrets set', { env });
    const [signatures, tokens] = [stack.signatures(), stack.tokens()];

    const { code } = await stack.gapless('secrets set', { env });

    assert.equal(code, 0);
    assert.deepEqual([stack.signatures(), stack.tokens()], [signatures, tokens]);
  });

  test('reads a file, the input, and the person, whose typing is hidden', async (t) => {
    const file = await startXStack(t);
    const input = await startXStack(t);
    const person = await startXStack(t);
    await writeFile(join(file.project.directory, 'app.env'), `X_CLIENT_SECRET="${clientSecret}"\nOTHER=1\n`);
    const asked: unknown[] = [];
    const ask = async (question: string, how?: { readonly hidden: boolean }) => {
      asked.push(how?.hidden);
      return question === 'client secret: ' ? `${clientSecret} ` : '';
    };
    const readInput = async () => Buffer.from(JSON.stringify({ X_CLIENT_SECRET: clientSecret }));

    await file.gapless(`secrets set --file ${join(file.project.directory, 'app.env')}`, { env });
    await input.gapless('secrets set --file -', { env, readInput });
    await person.gapless('secrets set', { ask });

    const expected = { consumerSecrets: [], clientSecrets: [{ value: clientSecret }] };
    assert.deepEqual(
      [file, input, person].map((stack) => read(stack.signatures())),
      [expected, expected, expected],
    );
    assert.deepEqual(new Set(asked), new Set([true]));
  });

  test('refuses what X does not take, and stores nothing', async (t) => {
    const stack = await startXStack(t);
    const wrong = 'made-up-wrong-secret-of-at-least-forty-characters';

    const consumer = await stack.gapless('secrets set', { env: { ...env, X_CONSUMER_SECRET: wrong } });
    const client = await stack.gapless('secrets set', { env: { ...env, X_CLIENT_SECRET: wrong } });

    assert.match(consumer.notes, /X does not take the consumer key and consumer secret/);
    assert.match(client.notes, /X does not take the client id and client secret/);
    assert.ok(![consumer, client].some(({ notes }) => notes.includes(wrong)));
    assert.deepEqual([stack.signatures(), stack.tokens()], ['{}', undefined]);
  });

  test('does not replace a secret that is live: that is a rotation', async (t) => {
    const stack = await startXStack(t, { signatures: '{"clientSecrets":[{"value":"made-up-live-secret"}]}' });

    const { code, notes } = await stack.gapless('secrets set', { env });

    assert.equal(code, 2);
    assert.match(notes, /gapless secrets rotate --kind client changes it/);
  });

  test('has no keys to read where there is nobody to ask', async (t) => {
    const { gapless } = await startXStack(t);

    const { code, notes } = await gapless('secrets set');

    assert.equal(code, 2);
    assert.match(notes, /set some of X_CONSUMER_KEY, .*, or give --file/);
  });
});

describe('the program', () => {
  test('has no option that takes a secret: arguments show in the list of processes and in histories', () => {
    const named = commands.flatMap(({ name, options }) => Object.keys(options).map((option) => `${name} --${option}`));

    assert.deepEqual(
      named.filter((one) => /--.*(secret|token|key|bearer|password)/.test(one)),
      [],
    );
  });

  test('writes no secret to its outputs, whether it stores it or fails', async (t) => {
    const { project, x } = await startXStack(t);
    const outcomes: string[] = [];
    const secretsSet = async () => {
      const { code, out, notes } = await gapless(['secrets', 'set', '--local'], { cwd: project.directory, env });
      outcomes.push(out, notes);
      return code;
    };

    assert.equal(await secretsSet(), 0);
    const remove = project.emulators.faults.secretsManager.add({ target: 'GetSecretValue', respond: 'drop' });
    assert.equal(await secretsSet(), 1);
    remove();
    await x.close();
    assert.equal(await secretsSet(), 0);

    for (const secret of [consumerSecret, clientSecret, bearerToken]) assert.ok(!outcomes.join().includes(secret));
  });
});

describe('gapless secrets end', () => {
  const entries = [{ value: 'made-up-current-secret' }, { value: 'made-up-leaked-secret' }];
  const signatures = JSON.stringify({ clientSecrets: entries });

  test('removes the old secret, after asking', async (t) => {
    const stack = await startXStack(t, { signatures });
    const leaked = fingerprint('made-up-leaked-secret');
    const questions: string[] = [];
    const ask = async (question: string) => {
      questions.push(question);
      return 'yes';
    };

    const { out } = await stack.gapless('secrets end', { ask });

    assert.deepEqual(questions, [`End the client secret ${leaked} of app default? [y/N] `]);
    assert.equal(out, `ended the client secret ${leaked} of app default`);
    assert.deepEqual(member(read(stack.signatures()), 'clientSecrets'), [entries[0]]);
  });

  test('shows which there are by their fingerprints, and takes one of them', async (t) => {
    const stack = await startXStack(t, { signatures });
    const current = fingerprint('made-up-current-secret');

    const { out } = await stack.gapless('secrets end --dry-run');
    const wrong = await stack.gapless('secrets end --entry 00000000 --yes');
    await stack.gapless(`secrets end --entry ${current} --yes`);

    assert.equal(out.split('\n')[0], `${current}  current  no end`);
    assert.equal(wrong.code, 2);
    assert.match(wrong.notes, /there is no such secret\. There are: /);
    assert.deepEqual(member(read(stack.signatures()), 'clientSecrets'), [entries[1]]);
  });
});
