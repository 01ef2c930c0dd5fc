import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { startCloudWatch } from '../../../local/cloudwatch/index.ts';
import { readBody } from '../../../local/http-body.ts';
import { listenOnLoopback } from '../../../local/loopback-server.ts';
import { createCloudWatchClient } from '../../../shared/aws/clients/cloudwatch.ts';
import { createWatchMetrics, metricsClientConfig } from '../../../shared/aws/watch-metrics.ts';
import { at } from '../../domain/gaps/seen.ts';
import { clientConfig } from '../../support/emulators.ts';

const namespace = 'Gapless/Test';
const span = { fromMs: at(0), toMs: at(60) };

function watchMetrics(t: TestContext, url: string, more: { readonly unloggedFunction?: string } = {}) {
  const client = createCloudWatchClient({ ...clientConfig(url), ...metricsClientConfig });
  t.after(() => client.destroy());
  return createWatchMetrics({
    client,
    namespace,
    refused: 'DeliveriesRefused',
    unauthorized: 'DeliveriesUnauthorized',
    paths: new Map([
      ['default', '/webhooks/x'],
      ['brand', '/webhooks/x/brand'],
    ]),
    queueName: 'deliveries',
    ...more,
  });
}

async function started(t: TestContext) {
  const cloudWatch = await startCloudWatch({ clock: { now: () => at(60) } });
  t.after(() => cloudWatch.close());
  const put = (name: string, path: string, value: number, minute: number) =>
    cloudWatch.putMetric({ namespace, name, dimensions: { path } }, value, at(minute));
  const age = { namespace: 'AWS/SQS', name: 'ApproximateAgeOfOldestMessage', dimensions: { QueueName: 'deliveries' } };
  const putAge = (seconds: number, minute: number) => cloudWatch.putMetric(age, seconds, at(minute));
  return { put, putAge, cloudWatch, metrics: watchMetrics(t, cloudWatch.url) };
}

test('refusals are read per minute, each app’s own', async (t) => {
  const { put, metrics } = await started(t);
  put('DeliveriesRefused', '/webhooks/x', 2, 10.1);
  put('DeliveriesRefused', '/webhooks/x', 3, 10.9);
  put('DeliveriesRefused', '/webhooks/x', 1, 20);
  put('DeliveriesUnauthorized', '/webhooks/x', 7, 11);
  put('DeliveriesRefused', '/webhooks/x/brand', 9, 12);
  const { refusals, unauthorized } = await metrics.read('default', span);
  assert.deepEqual(refusals, [
    { minuteMs: at(10), count: 5 },
    { minuteMs: at(20), count: 1 },
  ]);
  assert.deepEqual(unauthorized, [{ minuteMs: at(11), count: 7 }]);
  assert.deepEqual((await metrics.read('brand', span)).refusals, [{ minuteMs: at(12), count: 9 }]);
});

test('invocations that failed or were throttled are refusals where no log has them, of every app', async (t) => {
  const { put, cloudWatch, metrics } = await started(t);
  const lambda = (name: string, functionName: string, minute: number) =>
    cloudWatch.putMetric({ namespace: 'AWS/Lambda', name, dimensions: { FunctionName: functionName } }, 1, at(minute));
  put('DeliveriesRefused', '/webhooks/x', 2, 20);
  for (const [name, minute] of [
    ['Throttles', 20],
    ['Errors', 20],
    ['Throttles', 10],
  ] as const)
    lambda(name, 'receiver', minute);
  lambda('Errors', 'recorder', 30);

  assert.deepEqual((await metrics.read('default', span)).refusals, [{ minuteMs: at(20), count: 2 }]);
  const unlogged = watchMetrics(t, cloudWatch.url, { unloggedFunction: 'receiver' });
  const minutes = async (app: string) =>
    (await unlogged.read(app, span)).refusals.map(({ minuteMs, count }) => [minuteMs, count]);
  assert.deepEqual(await minutes('default'), [
    [at(10), 1],
    [at(20), 4],
  ]);
  assert.deepEqual(await minutes('brand'), [
    [at(10), 1],
    [at(20), 2],
  ]);
});

test('the queue is as far behind as it was in the newest minutes, in milliseconds', async (t) => {
  const { putAge, metrics } = await started(t);
  for (const [seconds, minute] of [
    [900, 40],
    [130, 57],
    [20, 59],
  ] as const)
    putAge(seconds, minute);
  assert.equal((await metrics.read('default', span)).oldestMessageAgeMs, 130_000);
});

test('metrics that nobody has counted yet are none', async (t) => {
  const { metrics } = await started(t);
  assert.deepEqual(await metrics.read('default', span), { refusals: [], unauthorized: [], oldestMessageAgeMs: 0 });
});

test('what CloudWatch tells on several pages is put together', async (t) => {
  const point = (minute: number, value: number) => ({
    Id: 'refused',
    Timestamps: [at(minute) / 1_000],
    Values: [value],
    StatusCode: 'PartialData',
  });
  const pages: readonly object[] = [
    { MetricDataResults: [point(1, 2)], NextToken: 'more' },
    { MetricDataResults: [point(2, 4)] },
  ];
  const tokens: unknown[] = [];
  const server = await listenOnLoopback(async (request, response) => {
    tokens.push(JSON.parse((await readBody(request)).toString()).NextToken);
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(pages[tokens.length - 1]));
  });
  t.after(() => server.close());
  assert.deepEqual((await watchMetrics(t, server.url).read('default', span)).refusals, [
    { minuteMs: at(1), count: 2 },
    { minuteMs: at(2), count: 4 },
  ]);
  assert.deepEqual(tokens, [undefined, 'more']);
});

test('a refusal of CloudWatch is told as such', async (t) => {
  const server = await listenOnLoopback((_request, response) => {
    response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify({ __type: 'AccessDeniedException', message: 'not allowed' }));
  });
  t.after(() => server.close());
  await assert.rejects(watchMetrics(t, server.url).read('default', span), { name: 'AccessDeniedException' });
});
