import type { CoverageCounts } from '../../ports.ts';
import type { RecordTally, SettledEvent } from './records.ts';

/** Sums over everything that deliveries held. */
export function countEvents(events: readonly SettledEvent[]) {
  const count = countIn(events);
  return {
    events: events.length,
    stored: count(({ kind }) => kind === 'stored'),
    storedByStream: count(({ kind, way }) => kind === 'stored' && way === 'stream'),
    duplicates: count(({ kind }) => kind === 'duplicate'),
    unknown: count(({ type }) => type === 'unknown'),
    uuidMismatches: count(({ uuidMismatch }) => uuidMismatch),
    causes: {
      retry: count(({ cause }) => cause === 'retry'),
      replay: count(({ cause }) => cause === 'replay'),
      otherWay: count(({ cause }) => cause === 'otherWay'),
    },
  };
}

/** What some deliveries add to the coverage of their minute. */
export function coverageOf(tallies: readonly RecordTally[]): CoverageCounts {
  const events = tallies.flatMap((tally) => tally.events);
  const { uuidMismatches, storedByStream, causes, ...counts } = countEvents(events);
  const count = countIn(events);
  const backfilled = tallies.filter(({ via }) => via === 'backfill');
  return {
    ...counts,
    deliveries: tallies.length,
    replayed: tallies.filter((tally) => tally.events.some(({ late }) => late)).length,
    storedLate: count(({ kind, late }) => late && kind === 'stored'),
    duplicatesLate: causes.replay,
    duplicatesOtherWay: causes.otherWay,
    backfilled: backfilled.length,
    storedBackfill: countEvents(backfilled.flatMap((tally) => tally.events)).stored,
    products: {
      aaa: count(({ product }) => product === 'aaa'),
      xaa: count(({ product }) => product === 'xaa'),
      filtered_stream: count(({ product }) => product === 'filtered_stream'),
    },
  };
}

const countIn = (events: readonly SettledEvent[]) => (test: (event: SettledEvent) => boolean) =>
  events.filter(test).length;
