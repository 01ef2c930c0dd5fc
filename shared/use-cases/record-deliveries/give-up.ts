import type { DeadLetterCause, Ledger } from '../../ports.ts';
import type { Attempt, QueuedRecord } from './records.ts';

/** Receipts after which a record that fails by its own fault is given up: one may have met a bad deploy. */
const poisonReceipts = 5;

/** One record and how far it came. */
export interface Case {
  readonly record: QueuedRecord;
  readonly attempt: Attempt;
}

/** Why a record is given up. */
export interface Verdict {
  readonly cause: DeadLetterCause;
  readonly detail: string;
}

/**
 * Which records of a batch can never succeed. Those that fail by their own fault are believed to only while everything
 * else works: a neighbour in the batch succeeded, or, for a record alone in its batch, the ledger takes a write.
 */
export async function giveUp(
  cases: readonly Case[],
  ledger: Ledger,
  signal: AbortSignal,
): Promise<ReadonlyMap<QueuedRecord, Verdict>> {
  const verdicts = new Map<QueuedRecord, Verdict>();
  const suspects = new Map<QueuedRecord, Verdict>();
  for (const { record, attempt } of cases) {
    if (attempt.kind === 'hopeless') verdicts.set(record, attempt);
    if (attempt.kind === 'failed' && attempt.recordsFault && record.receiveCount >= poisonReceipts) {
      suspects.set(record, { cause: 'POISON_RECORD', detail: attempt.reason });
    }
  }
  if (suspects.size === 0 || !(await surroundingsWork(cases, ledger, signal))) return verdicts;
  return new Map([...verdicts, ...suspects]);
}

async function surroundingsWork(cases: readonly Case[], ledger: Ledger, signal: AbortSignal): Promise<boolean> {
  if (cases.some(({ attempt }) => attempt.kind === 'recorded' || attempt.kind === 'noted')) return true;
  const alone = cases.filter(({ attempt }) => attempt.kind === 'failed').length === 1;
  if (!alone) return false;
  return ledger.probe(signal).then(
    () => true,
    () => false,
  );
}
