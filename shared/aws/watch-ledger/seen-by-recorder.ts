import { type Interval, minuteMs } from '../../domain/gaps/interval.ts';
import type { JobStatus } from '../../domain/gaps/replay-job.ts';
import type { CoverageMinute, SeenHeartbeat } from '../../watch-ports.ts';
import { type Item, requiredText } from '../event-item.ts';

/** The minutes of one day that a span touches: `HH:MM` to `HH:MM`, both included. */
export interface DayPart {
  /** YYYY-MM-DD */
  readonly day: string;
  readonly from: string;
  readonly to: string;
}

const dayMs = 24 * 60 * minuteMs;

/** Oldest day first. */
export function dayParts({ fromMs, toMs }: Interval): readonly DayPart[] {
  const parts: DayPart[] = [];
  const time = (ms: number) => new Date(ms).toISOString().slice(11, 16);
  for (let atMs = fromMs; atMs < toMs; ) {
    const nextDayMs = (Math.floor(atMs / dayMs) + 1) * dayMs;
    const endMs = Math.min(nextDayMs, toMs);
    parts.push({ day: new Date(atMs).toISOString().slice(0, 10), from: time(atMs), to: time(endMs - 1) });
    atMs = nextDayMs;
  }
  return parts;
}

/** Sums the shards of each minute. `items` are of one day, in the order of their keys. */
export function toMinutes(day: string, items: readonly Item[]): readonly CoverageMinute[] {
  const minutes = Map.groupBy(items, (item) => requiredText(item, 'sk').slice(0, 5));
  return [...minutes].map(([time, shards]) => {
    const sum = (name: string) => shards.reduce((total, item) => total + count(item, name), 0);
    const products = ['aaa', 'xaa', 'filtered_stream'].map((product) => [product, sum(product)] as const);
    return {
      minuteMs: Date.parse(`${day}T${time}:00.000Z`),
      deliveries: sum('deliveries'),
      lastReceivedAtMs: Math.max(...shards.map((item) => Date.parse(requiredText(item, 'lastReceivedAt')))),
      replayed: sum('replayed'),
      events: sum('events'),
      stored: sum('stored'),
      duplicates: sum('duplicates'),
      unknown: sum('unknown'),
      storedLate: sum('storedLate'),
      duplicatesLate: sum('duplicatesLate'),
      duplicatesOtherWay: sum('duplicatesOtherWay'),
      backfilled: sum('backfilled'),
      storedBackfill: sum('storedBackfill'),
      products: new Map(products.filter(([, events]) => events > 0)),
    };
  });
}

export function count(item: Item, name: string): number {
  return Number(item[name]?.N ?? 0);
}

export function toHeartbeat(item: Item): SeenHeartbeat {
  const [receivedAt = ''] = requiredText(item, 'sk').split('#');
  return { receivedAtMs: Date.parse(receivedAt), proven: item.proven?.BOOL === true };
}

export function toJobStatus(item: Item): JobStatus {
  return {
    jobId: requiredText(item, 'sk'),
    state: requiredText(item, 'state'),
    receivedAtMs: Date.parse(requiredText(item, 'receivedAt')),
  };
}
