import { logLineOverheadBytes, prices, sqsRequests } from '../support/aws-prices.ts';
import type { Counts } from './counter.ts';

/** USD for a million deliveries, by what is paid for. */
export type Bill = Readonly<Record<BillLine, number>>;
export const billLines = [
  'front',
  'functions',
  'queue',
  'event',
  'indexes',
  'references',
  'ledger',
  'S3',
  'logs',
] as const;
export type BillLine = (typeof billLines)[number];

export const totalOf = (bill: Bill): number => billLines.reduce((sum, line) => sum + bill[line], 0);

/** How long a function runs, as billed; the local stack's own times say nothing of AWS's. */
export interface Run {
  readonly memoryMb: number;
  readonly milliseconds: number;
  readonly architecture: 'arm64' | 'x86_64';
}

/** USD of one invocation. */
export function invocation({ memoryMb, milliseconds, architecture }: Run): number {
  const perGigabyteSecond = architecture === 'arm64' ? prices.lambdaGigabyteSecondArm : prices.lambdaGigabyteSecondX86;
  return prices.lambdaRequest + (memoryMb / 1024) * (milliseconds / 1000) * perGigabyteSecond;
}

export interface Log {
  readonly lines: number;
  readonly bytes: number;
}

/** USD of log lines. */
export function logging({ lines, bytes }: Log): number {
  return (bytes + lines * logLineOverheadBytes) * prices.logByte;
}

export interface Measured {
  readonly counts: Counts;
  readonly receiverLog: Log;
  readonly recorderLog: Log;
  readonly receiver: Run;
  /** For a full batch. */
  readonly recorder: Run;
  readonly batchSize: number;
  /** USD for each request. */
  readonly front: number;
}

/** Messages of one ReceiveMessage, and of one DeleteMessageBatch. */
const messagesPerCall = 10;

/**
 * The bill of a million such deliveries under load, when batches are full: what was counted for each delivery, and for
 * each batch, whatever its size was in the run.
 */
export function billOf(measured: Measured): Bill {
  const { counts, receiverLog, recorderLog, receiver, recorder, batchSize, front } = measured;
  const each = (count: number, price: number) => (1_000_000 * count * price) / counts.received;
  const eachBatch = (count: number, price: number) => (1_000_000 / batchSize) * (count / counts.batches) * price;
  const received = sqsRequests((counts.messageBytes / counts.messages) * Math.min(batchSize, messagesPerCall));
  return {
    front: 1_000_000 * front,
    functions: 1_000_000 * invocation(receiver) + (1_000_000 / batchSize) * invocation(recorder),
    queue:
      each(counts.sends, prices.sqsRequest) +
      (1_000_000 / Math.min(batchSize, messagesPerCall)) * (received + 1) * prices.sqsRequest,
    event: each(counts.eventUnits, prices.writeUnit),
    indexes: each(counts.indexUnits, prices.writeUnit),
    references: each(counts.referenceUnits, prices.writeUnit),
    ledger: eachBatch(counts.ledgerUnits, prices.writeUnit),
    S3: each(counts.s3Puts, prices.s3Put),
    logs: each(1, logging(receiverLog)) + eachBatch(1, logging(recorderLog)),
  };
}

/** DynamoDB's write units of one delivery. */
export function writeUnitsOf({ counts, batchSize }: Measured): number {
  const { eventUnits, indexUnits, referenceUnits, ledgerUnits, received, batches } = counts;
  return (eventUnits + indexUnits + referenceUnits) / received + ledgerUnits / batches / batchSize;
}
