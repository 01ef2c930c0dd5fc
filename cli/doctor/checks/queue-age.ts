import { minuteMs } from '../../../shared/domain/gaps/interval.ts';
import type { Target } from '../../target/target.ts';

/** Of the oldest delivery that waits, in ms. `undefined`: this stack has no metrics. */
export async function readQueueAge({ metrics, outputs, clock }: Target): Promise<number | undefined> {
  if (metrics === undefined) return undefined;
  const [{ createCloudWatchClient }, { readPoints }, { oldestAgeMs, queueAgeQuery, queueSeenMs }] = await Promise.all([
    import('../../../shared/aws/clients/cloudwatch.ts'),
    import('../../../shared/aws/metric-points.ts'),
    import('../../../shared/aws/queue-age.ts'),
  ]);
  const client = createCloudWatchClient(metrics.client);
  const nowMs = clock.now();
  const queueName = outputs.deliveriesQueueUrl.split('/').at(-1) ?? '';
  try {
    const span = { fromMs: nowMs - queueSeenMs, toMs: nowMs + minuteMs };
    return oldestAgeMs(await readPoints(client, [queueAgeQuery(queueName)], span), nowMs);
  } finally {
    client.destroy();
  }
}
