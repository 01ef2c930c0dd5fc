import { settleAll } from '../../bounded.ts';
import type { CoverageCounts, Ledger } from '../../ports.ts';
import type { AttemptDeps, FailureDescription } from './attempt-record.ts';
import type { RecordTally, SettledEvent } from './records.ts';

/**
 * Adds what a batch recorded to the ledger and returns which tallies could not be counted, with the failure; their
 * records go back to the queue and are counted when they come again, their events then being "stored by this delivery".
 *
 * Nothing is lost that way, but something may be counted twice: additions are not idempotent, and a record can come
 * again after some of them. Hence the order. The coverage, on which the accounting of deliveries stands, comes last and
 * is one write for an app's minute: it fails or succeeds for a record as a whole. The numbers per type before it are
 * statistics, and too high by at most one batch when the coverage after them fails. What remains for the coverage is a
 * process that dies after this write and before the queue hears of it, a lost answer, and SQS giving a message twice.
 */
export async function countRecorded(
  { ledger, describeFailure }: Pick<AttemptDeps, 'ledger' | 'describeFailure'>,
  tallies: readonly RecordTally[],
  signal: AbortSignal,
): Promise<ReadonlyMap<RecordTally, FailureDescription>> {
  try {
    await addTypeCounts(ledger, tallies, signal);
  } catch (failure) {
    return new Map(tallies.map((tally) => [tally, describeFailure(failure)]));
  }
  const minutes = Map.groupBy(tallies, ({ app, receivedAt }) => `${receivedAt.slice(0, 16)}#${app}`);
  const uncounted = new Map<RecordTally, FailureDescription>();
  await Promise.all(
    [...minutes.values()].map(async (group) => {
      try {
        await addCoverage(ledger, group, signal);
      } catch (failure) {
        for (const tally of group) uncounted.set(tally, describeFailure(failure));
      }
    }),
  );
  return uncounted;
}

/** Sums over everything that deliveries held. */
export function countEvents(events: readonly SettledEvent[]) {
  const count = (test: (event: SettledEvent) => boolean) => events.filter(test).length;
  return {
    events: events.length,
    stored: count(({ kind }) => kind === 'stored'),
    duplicates: count(({ kind }) => kind === 'duplicate'),
    unknown: count(({ type }) => type === 'unknown'),
    uuidMismatches: count(({ uuidMismatch }) => uuidMismatch),
  };
}

async function addTypeCounts(ledger: Ledger, tallies: readonly RecordTally[], signal: AbortSignal): Promise<void> {
  const stored = tallies.flatMap(({ events }) => events).filter(({ kind }) => kind === 'stored');
  const days = Map.groupBy(stored, ({ day }) => day);
  await settleAll(
    [...days].map(([day, events]) => {
      const types = Map.groupBy(events, ({ type }) => type);
      return ledger.addTypeCounts(day, new Map([...types].map(([type, { length }]) => [type, length])), signal);
    }),
  );
}

/** `group`: of one app and minute. */
async function addCoverage(ledger: Ledger, group: readonly RecordTally[], signal: AbortSignal): Promise<void> {
  const newest = group.reduce((one, other) => (one.receivedAt < other.receivedAt ? other : one));
  const { uuidMismatches, ...events } = countEvents(group.flatMap((tally) => tally.events));
  const counts: CoverageCounts = { deliveries: group.length, ...events };
  await ledger.addCoverage(newest.app, newest.receivedAt.slice(0, 16), counts, newest.receivedAt, signal);
}
