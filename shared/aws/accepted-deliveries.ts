import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { type Interval, minuteMs } from '../domain/gaps/interval.ts';
import type { CountedMinute } from '../domain/gaps/watch-state.ts';
import { readPoints, webhookSum } from './metric-points.ts';

export interface AcceptedQuery {
  readonly namespace: string;
  /** Of the apps' webhooks. */
  readonly paths: readonly string[];
  /** From a whole hour on, and not empty. */
  readonly span: Interval;
  readonly nowMs: number;
}

/** POSTs that the API answered with 200: the receiver's own count of deliveries, which no table and no queue can change. */
export const deliveriesAccepted = 'DeliveriesAccepted';

/** CloudWatch keeps minutes for 15 days and hours for 455 (CloudWatch guide, metrics retention). */
const minutesKeptMs = 14 * 24 * 60 * minuteMs;

/** Counts of all the paths together: by minute, for days that are long ago by hour. Where nothing came, nothing stands. */
export async function readAccepted(
  client: CloudWatchClient,
  { namespace, paths, span, nowMs }: AcceptedQuery,
): Promise<readonly CountedMinute[]> {
  const periodSeconds = nowMs - span.fromMs < minutesKeptMs ? 60 : 3_600;
  const queries = paths.map((path, index) =>
    webhookSum({ id: `accepted${index}`, namespace, name: deliveriesAccepted, path, periodSeconds }),
  );
  const points = await readPoints(client, queries, span);
  return [...points.values()].flat();
}
