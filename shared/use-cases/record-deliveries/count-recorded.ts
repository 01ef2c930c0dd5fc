import { createBound, settleAll } from '../../bounded.ts';
import { countedType } from '../../domain/event-types.ts';
import { wayOf } from '../../domain/way.ts';
import type { Ledger } from '../../ports.ts';
import type { AttemptDeps, FailureDescription } from './attempt-record.ts';
import type { RecordTally } from './records.ts';
import { coverageOf } from './sums.ts';

/** Additions in flight at a time: a replay's batch can hold events of as many minutes as it has events. */
const maxAdditions = 16;

/**
 * Adds what a batch recorded to the ledger and returns which tallies could not be counted, with the failure; their
 * records go back to the queue and are counted when they come again, their events then being "stored by this delivery".
 *
 * Nothing is lost that way, but something may be counted twice: additions are not idempotent, and a record can come
 * again after some of them. Hence the order. The coverage, on which the accounting of deliveries stands, comes last and
 * is one write for an app's minute and way: it fails or succeeds for a record as a whole. The numbers per type and of late events
 * before it are statistics, and too high by at most one batch when the coverage after them fails. What remains for the
 * coverage is a process that dies after this write and before the queue hears of it, a lost answer, and SQS giving a
 * message twice.
 */
export async function countRecorded(
  { ledger, describeFailure }: Pick<AttemptDeps, 'ledger' | 'describeFailure'>,
  tallies: readonly RecordTally[],
  signal: AbortSignal,
): Promise<ReadonlyMap<RecordTally, FailureDescription>> {
  try {
    const bound = createBound(maxAdditions);
    const additions = [...typeCounts(tallies, ledger, signal), ...lateCounts(tallies, ledger, signal)];
    await settleAll(additions.map((add) => bound(add)));
  } catch (failure) {
    return new Map(tallies.map((tally) => [tally, describeFailure(failure)]));
  }
  const minutes = Map.groupBy(tallies, ({ app, via, receivedAt }) => `${receivedAt.slice(0, 16)}#${wayOf(via)}#${app}`);
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

type Addition = () => Promise<void>;

/** One for each day on which events of the batch occurred. */
function typeCounts(tallies: readonly RecordTally[], ledger: Ledger, signal: AbortSignal): readonly Addition[] {
  const stored = tallies.flatMap(({ events }) => events).filter(({ kind }) => kind === 'stored');
  const days = Map.groupBy(stored, ({ minute }) => minute.slice(0, 10));
  return [...days].map(([day, events]) => {
    const types = Map.groupBy(events, ({ type }) => countedType(type));
    return () => ledger.addTypeCounts(day, new Map([...types].map(([type, { length }]) => [type, length])), signal);
  });
}

/** One for each app and minute of which a replay brought what was missing: none but after an outage. */
function lateCounts(tallies: readonly RecordTally[], ledger: Ledger, signal: AbortSignal): readonly Addition[] {
  return [...Map.groupBy(tallies, ({ app }) => app)].flatMap(([app, ofApp]) => {
    const events = ofApp.flatMap((tally) => tally.events).filter(({ kind, late }) => late && kind === 'stored');
    const minutes = Map.groupBy(events, ({ minute }) => minute);
    return [...minutes].map(
      ([minute, { length }]) =>
        () =>
          ledger.addLate(app, minute, length, signal),
    );
  });
}

/** `group`: of one app, minute and way. */
async function addCoverage(ledger: Ledger, group: readonly RecordTally[], signal: AbortSignal): Promise<void> {
  const newest = group.reduce((one, other) => (one.receivedAt < other.receivedAt ? other : one));
  const { app, via, receivedAt } = newest;
  const received = { way: wayOf(via), lastReceivedAt: receivedAt };
  await ledger.addCoverage(app, receivedAt.slice(0, 16), coverageOf(group), received, signal);
}
