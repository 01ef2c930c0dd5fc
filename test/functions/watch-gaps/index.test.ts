import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { after, before, beforeEach, describe, test } from 'node:test';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { metricNames } from '../../../functions/watch-gaps/env.ts';
import { type CloudWatch, startCloudWatch } from '../../../local/cloudwatch/index.ts';
import { type LoopbackServer, listenOnLoopback } from '../../../local/loopback-server.ts';
import { createDynamoDbClient } from '../../../shared/aws/clients/dynamodb.ts';
import { ledgerKeys } from '../../../shared/aws/ledger-keys.ts';
import { createWatchLedger } from '../../../shared/aws/watch-ledger.ts';
import { type Emulators, startEmulators } from '../../support/emulators.ts';

const urls = { default: 'https://x.example.com/webhooks/x', brand: 'https://x.example.com/webhooks/x/brand' };

describe('the function watch-gaps', () => {
  const clock = { now: () => Date.now() };
  let emulators: Emulators;
  let cloudWatch: CloudWatch;
  let x: LoopbackServer;
  let ledger: ReturnType<typeof createWatchLedger>;
  let client: ReturnType<typeof createDynamoDbClient>;
  let asked: string[] = [];

  const answerAsX: RequestListener = ({ method, url = '', headers }, response) => {
    asked.push(`${method} ${url.split('?')[0]} ${headers.authorization}`);
    const data = Object.values(urls).map((address, index) => ({ id: String(index + 1), url: address, valid: true }));
    const body = method === 'GET' ? { data, meta: { result_count: data.length } } : { data: { valid: true } };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

  before(async () => {
    [emulators, cloudWatch, x] = await Promise.all([
      startEmulators(),
      startCloudWatch({ clock }),
      listenOnLoopback(answerAsX),
    ]);
    client = createDynamoDbClient(emulators.dynamodb);
    ledger = createWatchLedger({ client, table: emulators.names.ledgerTable, clock, retentionDays: 30 });
    emulators.secrets.put('default-tokens', '{"bearerToken":"a-made-up-token"}');
    emulators.secrets.put('brand-tokens', '{"bearerToken":"another-token"}');
  });
  after(async () => {
    client.destroy();
    await Promise.all([emulators.close(), cloudWatch.close(), x.close()]);
  });
  beforeEach(() => {
    asked = [];
  });

  /** The lines that one tick prints with the function's real wiring. */
  const tick = async (env: Readonly<Record<string, string>> = {}) => {
    const child = fork(join(import.meta.dirname, 'function-process.ts'), {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: [],
      env: {
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: emulators.dynamodb.credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: emulators.dynamodb.credentials.secretAccessKey,
        AWS_ENDPOINT_URL_DYNAMODB: emulators.dynamodb.endpoint,
        AWS_ENDPOINT_URL_SECRETS_MANAGER: emulators.secretsManager.endpoint,
        AWS_ENDPOINT_URL_CLOUDWATCH: cloudWatch.url,
        WEBHOOK_URLS: JSON.stringify(urls),
        API_TOKEN_SECRET_ARNS: '{"default":"default-tokens","brand":"brand-tokens"}',
        SECRET_ARNS: '{"default":"default-signatures","brand":"brand-signatures"}',
        LEDGER_TABLE: emulators.names.ledgerTable,
        LEDGER_RETENTION_DAYS: '30',
        QUEUE_NAME: emulators.names.deliveriesQueue,
        METRICS_NAMESPACE: 'Gapless/Test',
        X_API_BASE_URL: x.url,
        REPLAY_HORIZON_HOURS: '24',
        REPLAY_FROM_EMBARGO_MINUTES: '31',
        REPLAY_TO_EMBARGO_MINUTES: '10',
        HEARTBEAT_WINDOW_SECONDS: '15',
        POWERTOOLS_SERVICE_NAME: 'watch-gaps',
        ...env,
      },
    });
    assert.ok(child.stdout && child.stderr);
    const exit = once(child, 'exit');
    const printed = (await readAll(child.stdout)) + (await readAll(child.stderr));
    await exit;
    const lines = printed
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.equal(lines.length, 2, printed);
    assert.doesNotMatch(printed, /made-up-token|another-token/);
    const { _aws: aws, service, ...metrics } = lines.find((line) => line._aws !== undefined);
    assert.deepEqual([aws.CloudWatchMetrics[0].Namespace, service], ['Gapless', 'watch-gaps']);
    return { log: lines.find((line) => line.message !== undefined), metrics };
  };

  test('ticks for every app with its own token, and tells of it in one line and one of metrics', async () => {
    const { log, metrics } = await tick();
    assert.deepEqual([log.level, log.message], ['INFO', 'watched']);
    assert.deepEqual(
      log.apps.map(({ app, outcome, webhook, asked: what }: Record<string, unknown>) => [app, outcome, webhook, what]),
      [
        ['default', 'watched', { kind: 'found', webhookId: '1', valid: true }, ['validate: taken']],
        ['brand', 'watched', { kind: 'found', webhookId: '2', valid: true }, ['validate: taken']],
      ],
    );
    assert.deepEqual(metrics, Object.fromEntries(Object.values(metricNames).map((name) => [name, 0])));
    assert.deepEqual(asked.sort(), [
      'GET /2/webhooks Bearer a-made-up-token',
      'GET /2/webhooks Bearer another-token',
      'PUT /2/webhooks/1 Bearer a-made-up-token',
      'PUT /2/webhooks/2 Bearer another-token',
    ]);
    const { state } = await ledger.load('default');
    assert.deepEqual([state.webhookId, state.requests.map((request) => request.state)], ['1', ['taken']]);
    assert.equal(state.measuredAtMs, state.watchedAtMs);
  });

  test('goes on without the metrics, X and tokens, and says so', async () => {
    const { log, metrics } = await tick({
      AWS_ENDPOINT_URL_CLOUDWATCH: 'http://127.0.0.1:9',
      API_TOKEN_SECRET_ARNS: '{"default":"never-made","brand":"brand-tokens"}',
      X_API_BASE_URL: 'http://127.0.0.1:9',
    });
    assert.equal(log.level, 'WARN');
    assert.match(log.apps[0].problems[0], /^X can't be asked: there is no bearer token/);
    assert.match(log.apps[1].problems[0], /^X can't be asked: /);
    assert.match(log.apps[1].problems[1], /^the metrics can't be read: /);
    assert.equal(metrics.WatchFailures, 2);
    assert.equal((await ledger.load('default')).state.webhookId, '1');
  });

  test('watches the other apps when one fails', async () => {
    const { pk, sk } = ledgerKeys.watchState('brand');
    const Item = { pk: { S: pk }, sk: { S: sk }, watch: { S: '{}' } };
    await client.send(new PutItemCommand({ TableName: emulators.names.ledgerTable, Item }));
    const { log, metrics } = await tick();
    assert.equal(log.apps[0].outcome, 'watched');
    assert.match(log.apps[1].failure, /^ITEM_MALFORMED: /);
    assert.equal(metrics.WatchFailures, 1);
  });
});
