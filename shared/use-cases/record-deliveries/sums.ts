import type { CoverageCounts } from '../../ports.ts';
import type { RecordTally, SettledEvent } from './records.ts';

/** Sums over everything that deliveries held. */
export function countEvents(events: readonly SettledEvent[]) {
  const count = countIn(events);
  return {
    events: events.length,
    stored: count(({ kind }) => kind === 'stored'),
    duplicates: count(({ kind }) => kind === 'duplicate'),
    unknown: count(({ type }) => type === 'unknown'),
    uuidMismatches: count(({ uuidMismatch }) => uuidMismatch),
  };
}

/** What some deliveries add to the coverage of their minute. */
export function coverageOf(tallies: readonly RecordTally[]): CoverageCounts {
  const events = tallies.flatMap((tally) => tally.events);
  const { uuidMismatches, ...counts } = countEvents(events);
  const count = countIn(events);
  return {
    ...counts,
    deliveries: tallies.length,
    replayed: tallies.filter((tally) => tally.events.some(({ late }) => late)).length,
    storedLate: count(({ kind, late }) => late && kind === 'stored'),
    duplicatesLate: count(({ kind, late }) => late && kind === 'duplicate'),
    products: {
      aaa: count(({ product }) => product === 'aaa'),
      xaa: count(({ product }) => product === 'xaa'),
      filtered_stream: count(({ product }) => product === 'filtered_stream'),
    },
  };
}

const countIn = (events: readonly SettledEvent[]) => (test: (event: SettledEvent) => boolean) =>
  events.filter(test).length;
