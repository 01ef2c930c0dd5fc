/** Prices of us-east-1 without free tier, in dollars (AWS price list, September 2026). */
const prices = {
  /** arm64 */
  gigabyteSecond: 0.0000133334,
  millionInvocations: 0.2,
  millionQueueRequests: 0.4,
  millionWriteUnits: 0.625,
  metricMonth: 0.3,
  alarmMonth: 0.1,
} as const;

const monthSeconds = 730 * 3_600;
/** What the stack gives its reader unless it is told otherwise. */
export const defaultReaderMemoryMb = 256;
/** Some twenty seconds of eleven minutes beside its successor. */
const overlapShare = 1.04;
/** Its slot and its session, every ten seconds. */
const writesPerSecond = 2 / 10;
/** Of one tick that finds the stream well held. */
const tickSeconds = 0.1;
const metrics = 6;
const alarms = 3;
/** Sent alone, and received and deleted with others. */
const requestsPerLine = 1.2;
/** A write that finds its event there costs as much as one that stores it: of a body of 2 KB, three units. */
const unitsPerDuplicate = 3;

/** What happened in a day. */
export interface StreamDay {
  readonly lines: number;
  /** Of their events: those that were known. */
  readonly duplicates: number;
}

/** Estimates what X's stream costs a month on AWS, in dollars: a reader for each app, and lines as on the given day. */
export function monthlyCost(apps: readonly StreamDay[], readerMemoryMb = defaultReaderMemoryMb): number {
  const sum = (of: (day: StreamDay) => number) => (apps.reduce((total, day) => total + of(day), 0) * 730) / 24;
  const ticks = (monthSeconds / 60) * apps.length;
  const seconds = monthSeconds * overlapShare * apps.length + ticks * tickSeconds;
  const writeUnits =
    monthSeconds * writesPerSecond * apps.length + sum(({ duplicates }) => duplicates) * unitsPerDuplicate;
  const requests = sum(({ lines }) => lines) * requestsPerLine;
  return (
    seconds * (readerMemoryMb / 1024) * prices.gigabyteSecond +
    (ticks / 1e6) * prices.millionInvocations +
    (writeUnits / 1e6) * prices.millionWriteUnits +
    (requests / 1e6) * prices.millionQueueRequests +
    metrics * prices.metricMonth +
    alarms * prices.alarmMonth
  );
}
