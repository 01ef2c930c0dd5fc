import { isDelivered, type Outcome, type SentEvent } from './sent-event.ts';

/**
 * `distinct` = the sum of the five outcomes; `attempts` counts POSTs, `deliveries` those answered with 200, both with
 * what replays sent; `replayed` the deliveries of replays alone.
 */
export interface SentCounts extends Readonly<Record<Outcome, number>> {
  readonly distinct: number;
  readonly attempts: number;
  readonly deliveries: number;
  readonly replayed: number;
}

export function countsOf(events: Iterable<SentEvent>): SentCounts {
  const counts = { distinct: 0, delivered: 0, pending: 0, failed: 0, withheld: 0, streamed: 0 };
  const posts = { attempts: 0, deliveries: 0, replayed: 0 };
  for (const { outcome, attempts } of events) {
    counts.distinct += 1;
    counts[outcome] += 1;
    const delivered = attempts.filter(isDelivered);
    posts.attempts += attempts.length;
    posts.deliveries += delivered.length;
    posts.replayed += delivered.filter(({ jobId }) => jobId !== undefined).length;
  }
  return { ...counts, ...posts };
}
