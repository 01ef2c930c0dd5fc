import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { findLocalStack, withParents } from '../../../cli/target/local-stack.ts';

const complete = {
  webhookUrl: 'http://127.0.0.1:8787/webhooks/x',
  xApiUrl: 'http://127.0.0.1:8788',
  dynamodbEndpoint: 'http://127.0.0.1:1',
  sqsEndpoint: 'http://127.0.0.1:2',
  s3Endpoint: 'http://127.0.0.1:3',
  secretsManagerEndpoint: 'http://127.0.0.1:4',
  outputs: {
    WebhookUrl: 'http://127.0.0.1:8787/webhooks/x',
    EventsTableName: 'events',
    CarriedPostsTableName: 'carried-posts',
    LedgerTableName: 'ledger',
    DeliveriesQueueUrl: 'http://127.0.0.1:2/deliveries',
    DeadLetterQueueUrl: 'http://127.0.0.1:2/dead',
    BodiesBucketName: 'bodies',
    AppSecretArns: '{"default":"arn:default","second":"arn:second"}',
    ApiTokenSecretArns: '{"default":"arn:default-tokens"}',
  },
  pid: process.pid,
};

describe('the local stack', () => {
  let root = '';
  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'gapless-local-'));
    await mkdir(join(root, '.gapless'));
    await mkdir(join(root, 'inner', 'most'), { recursive: true });
  });
  after(() => rm(root, { recursive: true }));

  const write = (content: string) => writeFile(join(root, '.gapless', 'local.json'), content);
  const find = (directory = root) => findLocalStack(withParents(directory));
  const refusal = (message: RegExp) => ({ code: 'LOCAL_STACK_NOT_RUNNING', message });

  test('is found from anywhere inside the project', async () => {
    await write(JSON.stringify(complete));

    const { outputs, endpoints, xApiUrl } = await find(join(root, 'inner', 'most'));

    assert.deepEqual(endpoints, {
      dynamodb: 'http://127.0.0.1:1',
      sqs: 'http://127.0.0.1:2',
      s3: 'http://127.0.0.1:3',
      secretsManager: 'http://127.0.0.1:4',
    });
    assert.equal(xApiUrl, 'http://127.0.0.1:8788');
    assert.equal(outputs.eventsTable, 'events');
    assert.equal(outputs.appSecretArns.second, 'arn:second');
    assert.equal(outputs.appSecretArns.toString, undefined);
  });

  test('may have metrics, of its own namespace or of the usual one', async () => {
    await write(JSON.stringify(complete));
    assert.equal((await find()).metrics, undefined);

    const cloudwatchEndpoint = 'http://127.0.0.1:5';
    await write(JSON.stringify({ ...complete, cloudwatchEndpoint }));
    assert.deepEqual((await find()).metrics, { endpoint: cloudwatchEndpoint, namespace: 'Gapless/Gapless' });

    await write(JSON.stringify({ ...complete, cloudwatchEndpoint, metricsNamespace: 'Gapless/Mine' }));
    assert.deepEqual((await find()).metrics, { endpoint: cloudwatchEndpoint, namespace: 'Gapless/Mine' });
  });

  test('tells its time, which may run faster', async (context) => {
    context.mock.timers.enable({ apis: ['Date'], now: 1_000 });
    await write(JSON.stringify({ ...complete, clock: { realAt: 0, localAt: 500, speed: 60 } }));

    const { clock } = await find();

    assert.equal(clock.now(), 60_500);
  });

  test('that was never started: how to start it', async () => {
    await assert.rejects(
      findLocalStack([join(root, 'inner')]),
      refusal(/there is no \.gapless\/local\.json .* npm start/),
    );
  });

  test('that was killed and left its file: which process is gone', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    await write(JSON.stringify({ ...complete, pid }));

    await assert.rejects(find(), refusal(new RegExp(`was left by process ${pid}, which is gone`)));
  });

  const { dynamodbEndpoint: _absent, ...withoutEndpoint } = complete;
  const broken: Readonly<Record<string, string>> = {
    '{"half': 'is not complete',
    '[]': 'is not complete',
    '{}': 'is not complete',
    [JSON.stringify(withoutEndpoint)]: 'has no dynamodbEndpoint',
  };
  for (const [content, why] of Object.entries(broken)) {
    test(`whose file begins ${content.slice(0, 12)}: ${why}`, async () => {
      await write(content);

      await assert.rejects(find(), refusal(new RegExp(why)));
    });
  }

  for (const arns of ['', 'not JSON', '[]', '{"default":1}']) {
    test(`of another version, whose AppSecretArns are ${JSON.stringify(arns)}: which output is unusable`, async () => {
      await write(JSON.stringify({ ...complete, outputs: { ...complete.outputs, AppSecretArns: arns } }));

      await assert.rejects(find(), { code: 'STACK_INCOMPLETE', message: /no usable output AppSecretArns/ });
    });
  }
});
