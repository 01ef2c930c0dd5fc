import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { sdkConfig } from '../../../local/sdk-config.ts';
import { createSqsClient } from '../../../shared/aws/clients/sqs.ts';
import { member } from '../../../shared/domain/json.ts';
import { bearerToken, signing } from '../../support/local-stack.ts';
import { type StackProject, startStackProject } from '../stack-project.ts';

interface Seen {
  readonly status: string;
  readonly seen: string;
  readonly mend: string;
}

describe('gapless doctor', () => {
  let project: StackProject;
  before(async () => {
    project = await startStackProject({ connected: true });
  });
  after(() => project.close());

  /** Exit code, and each check by its name. */
  async function doctor(options = '') {
    const { code, out, notes } = await project.gapless(`doctor --json${options}`);
    for (const secret of [...Object.values(signing), bearerToken]) assert.ok(!`${out}${notes}`.includes(secret));
    const findings = out.split('\n').map((line): readonly [string, Seen] => {
      const finding: unknown = JSON.parse(line);
      const text = (name: string) => String(member(finding, name) ?? '');
      return [text('check'), { status: text('status'), seen: text('seen'), mend: text('mend') }];
    });
    const of = (name: string) => Object.fromEntries(findings)[name] ?? assert.fail(`no check ${name}`);
    const failed = findings.filter(([, { status }]) => status === 'fail').map(([name]) => name);
    return { code, of, failed, names: findings.map(([name]) => name) };
  }

  const secretOf = (arns: Readonly<Record<string, string>>) => arns.default ?? '';

  /** Puts another value into the secret, looks, and puts the right one back. */
  async function withSecret(arn: string, text: string) {
    const { secrets } = project.stack;
    const right = secrets.current(arn) ?? '';
    secrets.put(arn, text);
    const seen = await doctor();
    secrets.put(arn, right);
    return seen;
  }

  test('finds nothing wrong with a stack that is well, and stores nothing', async () => {
    const before = (await project.stack.stored()).length;

    const { code, failed, names, of } = await doctor();

    assert.deepEqual([code, failed], [0, []]);
    assert.equal(names.length, 15);
    assert.match(of('crc').seen, /^answered in \d+ ms with the client secret [0-9a-f]{8}$/);
    assert.match(of('replay').seen, /^unknown/);
    await project.stack.drained();
    assert.equal((await project.stack.stored()).length, before);
  });

  test('tells a secret that the receiver does not answer with, and skips what hangs on it', async () => {
    const other = JSON.stringify({ clientSecrets: [{ value: 'a-secret-of-another-app' }] });

    const { code, failed, of } = await withSecret(secretOf(project.stack.names.appSecretArns), other);

    assert.deepEqual([code, failed], [1, ['crc']]);
    assert.match(of('crc').mend, /^gapless secrets set --local$/);
    assert.deepEqual(of('forgery'), { status: 'skipped', seen: 'says nothing before crc is mended', mend: '' });
    assert.equal(of('webhook').status, 'ok');
  });

  test('tells an empty secret', async () => {
    const { failed, of } = await withSecret(secretOf(project.stack.names.appSecretArns), '{}');

    assert.deepEqual(failed, ['secrets']);
    assert.equal(of('secrets').mend, 'gapless secrets set --local');
    assert.equal(of('oracle').status, 'skipped');
  });

  test('tells a bearer token that X does not take', async () => {
    const wrong = JSON.stringify({ bearerToken: 'made-up-wrong-token' });

    const { failed, of } = await withSecret(secretOf(project.stack.names.apiTokenSecretArns), wrong);

    assert.deepEqual(failed, ['api token']);
    assert.match(of('api token').seen, /not one that X knows/);
    assert.equal(of('subscriptions').status, 'skipped');
  });

  test('tells what the file asks for and X does not have', async () => {
    const file = { accounts: [{ id: '77', events: ['posts'] }] };
    await writeFile(join(project.directory, 'subscriptions.json'), JSON.stringify(file));

    const { failed, of } = await doctor();

    assert.deepEqual(failed, ['subscriptions']);
    assert.match(of('subscriptions').seen, /6 of subscriptions\.json are missing at X; 1 account has to log in first/);
    assert.equal(of('subscriptions').mend, 'gapless auth login --account 77 --local');
    await rm(join(project.directory, 'subscriptions.json'));
  });

  test('compares with the file it is given', async () => {
    const file = { accounts: [{ id: '78', events: ['spaces.start'] }] };
    await writeFile(join(project.directory, 'other.json'), JSON.stringify(file));

    const { failed, of } = await doctor(' --file other.json');
    const { of: seenWithout } = await doctor();

    assert.deepEqual(failed, ['subscriptions']);
    assert.equal(of('subscriptions').seen, '1 of other.json is missing at X');
    assert.equal(of('subscriptions').mend, 'gapless subscriptions apply --file other.json --local');
    assert.match(seenWithout('subscriptions').seen, /no file says which are wanted/);
  });

  test('tells dead letters', async () => {
    const client = createSqsClient(sdkConfig(project.stack.endpoints.sqs));
    const QueueUrl = project.stack.names.deadLetterQueueUrl;
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a delivery that was given up' }));
    client.destroy();

    const { failed, of } = await doctor();

    assert.deepEqual(failed, ['dead letters']);
    assert.deepEqual(of('dead letters').seen, '1 delivery was given up');
  });

  test('tells a webhook that X does not have', async () => {
    await project.gapless('webhook delete --yes');

    const { failed, of } = await doctor();

    assert.ok(failed.includes('webhook'));
    assert.match(of('webhook').mend, /^gapless webhook register --local$/);
    assert.deepEqual([of('subscriptions').status, of('heartbeat').status], ['skipped', 'skipped']);
  });
});

test('gapless doctor tells that there is no stack, and skips the rest', async () => {
  const { createRecordingTerminal } = await import('../recording-terminal.ts');
  const { examine } = await import('../../../cli/doctor/examine.ts');
  const terminal = createRecordingTerminal({ env: {}, directory: '/nowhere' });

  const [stack, ...rest] = await examine({ choice: { stack: 'Absent', local: true }, app: 'default' }, terminal);

  assert.equal(stack?.status, 'fail');
  assert.deepEqual(new Set(rest.map(({ status }) => status)), new Set(['skipped']));
});
