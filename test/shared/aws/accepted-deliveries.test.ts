import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accessLogMetrics } from '../../../functions/watch-gaps/env.ts';
import { type CloudWatch, startCloudWatch } from '../../../local/cloudwatch/index.ts';
import { deliveriesAccepted, readAccepted } from '../../../shared/aws/accepted-deliveries.ts';
import { createCloudWatchClient } from '../../../shared/aws/clients/cloudwatch.ts';
import { minuteMs } from '../../../shared/domain/gaps/interval.ts';
import { at } from '../../domain/gaps/seen.ts';
import { clientConfig } from '../../support/emulators.ts';

describe('what the receiver accepted', () => {
  const namespace = 'Gapless/Test';
  let cloudWatch: CloudWatch;
  before(async () => {
    cloudWatch = await startCloudWatch({ clock: { now: () => at(600) } });
    const put = (name: string, path: string, minute: number, count: number) =>
      cloudWatch.putMetric({ namespace, name, dimensions: { path } }, count, at(minute));
    put('DeliveriesAccepted', '/webhooks/x', -1, 100);
    put('DeliveriesAccepted', '/webhooks/x', 3, 5);
    put('DeliveriesAccepted', '/webhooks/x', 130, 2);
    put('DeliveriesAccepted', '/webhooks/x/second', 3, 7);
    put('DeliveriesAccepted', '/webhooks/x/third', 3, 100);
    put('DeliveriesRefused', '/webhooks/x', 3, 100);
  });
  after(() => cloudWatch.close());

  const read = async (nowMs: number) => {
    const client = createCloudWatchClient(clientConfig(cloudWatch.url));
    const paths = ['/webhooks/x', '/webhooks/x/second'];
    const points = await readAccepted(client, { namespace, paths, span: { fromMs: at(0), toMs: at(600) }, nowMs });
    client.destroy();
    return points.map(({ minuteMs: atMs, count }) => [(atMs - at(0)) / minuteMs, count]);
  };

  test('is named as the metric filters of the stack name it', () => {
    assert.equal(deliveriesAccepted, accessLogMetrics.accepted);
  });

  test('is read by minute, of the paths that were asked for', async () => {
    assert.deepEqual(await read(at(600)), [
      [3, 5],
      [130, 2],
      [3, 7],
    ]);
  });

  test('is read by hour where CloudWatch has forgotten the minutes', async () => {
    const monthLater = at(30 * 24 * 60);

    assert.deepEqual(await read(monthLater), [
      [0, 5],
      [120, 2],
      [0, 7],
    ]);
  });
});
