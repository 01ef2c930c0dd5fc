import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { synthesize } from '../../infra/synthesize.ts';
import { sdkConfig } from '../../local/sdk-config.ts';
import { makeTemporaryDirectory, type TemporaryDirectory } from '../../local/temporary-directory.ts';
import { readAccepted } from '../../shared/aws/accepted-deliveries.ts';
import { createCloudWatchClient } from '../../shared/aws/clients/cloudwatch.ts';
import { createWatchMetrics } from '../../shared/aws/watch-metrics.ts';
import { compactJson } from '../../shared/domain/compact-json.ts';
import { type RunningStack, startRunningStack } from '../support/running-stack.ts';
import { bodiesOfEveryKind } from './bodies.ts';

const [minuteMs, hourMs] = [60_000, 3_600_000];

describe('the stack with a function URL and packed payloads', () => {
  let data: TemporaryDirectory;
  let stack: RunningStack;
  let startedMs: number;
  before(async () => {
    data = await makeTemporaryDirectory();
    const context = { frontDoor: 'function-url', payloadEncoding: 'compact' };
    stack = await startRunningStack({
      synthesize: () =>
        synthesize({ outDir: join(data.path, 'cdk.out'), bundleDir: join(data.path, 'functions'), context }),
      connected: true,
    });
    startedMs = stack.clock.now();
  });
  after(async () => {
    await stack.close();
    await data.remove();
  });

  /** What the watcher and the report read, once it is what it should be: lines of a process arrive a moment late. */
  const counts = async (wanted: Readonly<Record<string, number>>) => {
    const client = createCloudWatchClient(sdkConfig(stack.endpoints.cloudwatch));
    const nowMs = stack.clock.now();
    const span = { fromMs: Math.floor(startedMs / hourMs) * hourMs, toMs: nowMs + minuteMs };
    const namespace = 'Gapless/Gapless';
    const metrics = createWatchMetrics({
      client,
      namespace,
      refused: 'DeliveriesRefused',
      unauthorized: 'DeliveriesUnauthorized',
      paths: new Map([['default', '/webhooks/x']]),
      queueName: 'none',
      unloggedFunction: stack.functions.named('ReceiveWebhook').spec.name,
    });
    const sum = (points: readonly { readonly count: number }[]) => points.reduce((all, { count }) => all + count, 0);
    const signal = AbortSignal.timeout(30_000);
    try {
      for (;;) {
        const { refusals, unauthorized } = await metrics.read('default', span);
        const accepted = await readAccepted(client, { namespace, paths: ['/webhooks/x'], span, nowMs });
        const found = { accepted: sum(accepted), refused: sum(refusals), unauthorized: sum(unauthorized) };
        if (signal.aborted || JSON.stringify(found) === JSON.stringify(wanted)) return found;
        await pause(50);
      }
    } finally {
      client.destroy();
    }
  };

  test('is registered with X, stores every kind once, digit for digit, and counts what became of each POST', async () => {
    const bodies = [...new Set(bodiesOfEveryKind())];
    for (const body of bodies) assert.equal(await stack.post(body), 200);
    for (const body of bodies.slice(0, 5)) assert.equal(await stack.post(body), 200);
    await stack.drained();

    const stored = await stack.stored();
    const sent = new Set(bodies.map(compactJson));
    assert.ok(stored.length > 50);
    for (const { eventId, payload } of stored) assert.ok(sent.has(payload), eventId);

    const forged = await fetch(stack.webhookUrl, { method: 'POST', body: 'forged' });
    assert.equal(forged.status, 401);
    const receiver = stack.functions.named('ReceiveWebhook');
    receiver.pause();
    assert.equal(await stack.post('{}'), 429);
    receiver.resume();
    const wanted = { accepted: bodies.length + 5, refused: 1, unauthorized: 1 };
    assert.deepEqual(await counts(wanted), wanted);
  });

  test('has no webhook at any other path', async () => {
    const { origin } = new URL(stack.webhookUrl);
    for (const path of ['/', '/webhooks', '/webhooks/x/', '/webhooks/x/nobody', '/webhooks/x/default/more']) {
      assert.equal((await fetch(`${origin}${path}`, { method: 'POST', body: '{}' })).status, 404, path);
    }
    assert.equal((await fetch(stack.webhookUrl, { method: 'DELETE' })).status, 405);
  });
});
