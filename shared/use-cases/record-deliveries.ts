import type { DeadLetters } from '../ports.ts';
import { type AttemptDeps, createAttempt } from './record-deliveries/attempt-record.ts';
import { countRecorded } from './record-deliveries/count-recorded.ts';
import { type Case, giveUp, type Verdict } from './record-deliveries/give-up.ts';
import type { QueuedRecord, RecordOutcome, RecordTally } from './record-deliveries/records.ts';
import { countEvents } from './record-deliveries/sums.ts';

export interface RecordDeliveriesDeps extends AttemptDeps {
  readonly deadLetters: DeadLetters;
}

/** Recording ends first, so that what was recorded can still be counted. */
export interface Deadlines {
  readonly recording: AbortSignal;
  readonly finishing: AbortSignal;
}

export interface BatchReport {
  /** By message id. */
  readonly outcomes: ReadonlyMap<string, RecordOutcome>;
  /** Of the records that are done; one that is retried is not in them yet. */
  readonly counts: ReturnType<typeof countEvents>;
}

/** Never rejects for what a record holds or an outage does: each record has its own outcome. */
export async function recordDeliveries(
  deps: RecordDeliveriesDeps,
  records: readonly QueuedRecord[],
  { recording, finishing }: Deadlines,
): Promise<BatchReport> {
  const attemptRecord = createAttempt(deps, recording);
  const attempted = await Promise.all(
    records.map(async (record) => ({ record, attempt: await attemptRecord(record) })),
  );
  const tallies = attempted.flatMap(({ attempt }) => (attempt.kind === 'recorded' ? [attempt.tally] : []));
  const uncounted = await countRecorded(deps, tallies, finishing);

  const cases = attempted.map((one): Case => {
    const failure = one.attempt.kind === 'recorded' ? uncounted.get(one.attempt.tally) : undefined;
    if (failure === undefined) return one;
    return { ...one, attempt: { kind: 'failed', reason: failure.reason, recordsFault: false } };
  });
  const verdicts = await giveUp(cases, deps.ledger, finishing);
  const outcomes = await Promise.all(
    cases.map(
      async (one) => [one.record.messageId, await settle(deps, one, verdicts.get(one.record), finishing)] as const,
    ),
  );
  const counted = (tally: RecordTally) => !uncounted.has(tally);
  return {
    outcomes: new Map(outcomes),
    counts: countEvents(tallies.filter(counted).flatMap(({ events }) => events)),
  };
}

async function settle(
  { deadLetters, describeFailure }: RecordDeliveriesDeps,
  { record, attempt }: Case,
  verdict: Verdict | undefined,
  signal: AbortSignal,
): Promise<RecordOutcome> {
  if (attempt.kind === 'recorded' || attempt.kind === 'noted') return { kind: 'done' };
  if (verdict === undefined)
    return { kind: 'retry', reason: attempt.kind === 'failed' ? attempt.reason : attempt.cause };
  try {
    const { cause, detail } = verdict;
    await deadLetters.send({ body: record.body, attributes: record.attributes, cause, detail }, signal);
    return { kind: 'dead', cause };
  } catch (failure) {
    return { kind: 'retry', reason: describeFailure(failure).reason };
  }
}
