import type { CoverageMinute } from '../../watch-ports.ts';

/**
 * What the recorder counted. Deliveries are counted by receipt, events as each delivery brought them. `recorded`, `live`
 * and `replay` are the webhook's, `stream` is the stream's, everything else is of both.
 */
export interface Traffic {
  readonly recorded: number;
  readonly events: number;
  readonly stored: number;
  readonly duplicates: number;
  readonly unknown: number;
  readonly live: Came;
  /** Late events: X's own retries are over after five minutes, so only replays bring them. */
  readonly replay: Came & { readonly deliveries: number };
  /** `recorded`: lines. `backfilled`: those of them that X sent again after a break. */
  readonly stream: Came & { readonly recorded: number; readonly backfilled: number };
  /** By the way on which each event came first. */
  readonly storedBy: Readonly<Record<'webhook' | 'stream' | 'replay' | 'backfill', number>>;
  /** `retry`: the same way again. `replay`: a replay brought it. `otherWay`: X's other way had brought it. */
  readonly duplicatesBy: Readonly<Record<'retry' | 'replay' | 'otherWay', number>>;
}

interface Came {
  readonly stored: number;
  readonly duplicates: number;
}

/** Of some time: the minutes of the webhook, and those of the stream. */
export function sumCoverage(webhook: readonly CoverageMinute[], streamed: readonly CoverageMinute[] = []): Traffic {
  const [one, other] = [sumMinutes(webhook), sumMinutes(streamed)];
  const both = (of: keyof typeof one) => one[of] + other[of];
  const duplicatesBy = { replay: both('duplicatesLate'), otherWay: both('duplicatesOtherWay') };
  return {
    recorded: one.deliveries,
    events: both('events'),
    stored: both('stored'),
    duplicates: both('duplicates'),
    unknown: both('unknown'),
    live: { stored: one.stored - one.storedLate, duplicates: one.duplicates - one.duplicatesLate },
    replay: { deliveries: one.replayed, stored: one.storedLate, duplicates: one.duplicatesLate },
    stream: {
      recorded: other.deliveries,
      backfilled: other.backfilled,
      stored: other.stored,
      duplicates: other.duplicates,
    },
    storedBy: {
      webhook: one.stored - one.storedLate,
      stream: other.stored - other.storedBackfill,
      replay: one.storedLate,
      backfill: other.storedBackfill,
    },
    duplicatesBy: { retry: both('duplicates') - duplicatesBy.replay - duplicatesBy.otherWay, ...duplicatesBy },
  };
}

type Counter = Exclude<keyof CoverageMinute, 'minuteMs' | 'lastReceivedAtMs' | 'products'>;

function sumMinutes(minutes: readonly CoverageMinute[]): Readonly<Record<Counter, number>> {
  const sum = (of: Counter) => minutes.reduce((total, minute) => total + minute[of], 0);
  return {
    deliveries: sum('deliveries'),
    replayed: sum('replayed'),
    backfilled: sum('backfilled'),
    events: sum('events'),
    stored: sum('stored'),
    storedLate: sum('storedLate'),
    storedBackfill: sum('storedBackfill'),
    duplicates: sum('duplicates'),
    duplicatesLate: sum('duplicatesLate'),
    duplicatesOtherWay: sum('duplicatesOtherWay'),
    unknown: sum('unknown'),
  };
}
