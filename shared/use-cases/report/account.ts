import { type Interval, minuteMs } from '../../domain/gaps/interval.ts';
import type { CountedMinute } from '../../domain/gaps/watch-state.ts';
import type { CoverageMinute } from '../../watch-ports.ts';
import { sumCoverage } from './traffic.ts';

/** How exact the counts of a stack are. */
export interface AccountingRules {
  /** Metrics show late: what was accepted since then is not judged yet. */
  readonly settledAfterMs: number;
  /** Deliveries that may differ although none is lost: at least so many, and this share of those accepted. */
  readonly leastTolerance: number;
  readonly toleranceShare: number;
}

/** Here every count is exact and there at once. */
export const localAccounting: AccountingRules = { settledAfterMs: minuteMs, leastTolerance: 0, toleranceShare: 0 };

/**
 * Metric filters show some minutes late, SQS's depth is approximate, and a batch whose end SQS did not hear of is
 * counted twice (docs/data-model.md, "How exact the numbers are").
 */
export const awsAccounting: AccountingRules = {
  settledAfterMs: 15 * minuteMs,
  leastTolerance: 20,
  toleranceShare: 0.001,
};

/**
 * Whether every delivery that the webhook accepted is recorded, in flight or dead-lettered, and every event found, on
 * either way, is stored or a duplicate.
 *
 * `difference`: deliveries that nothing explains; above 0 they were accepted and are nowhere, below 0 recorded and never
 * accepted. `holds` is null when nobody measured what was accepted and the events agree.
 */
export interface Accounting {
  /** ISO time; later minutes are not judged. */
  readonly until: string;
  readonly accepted: number | null;
  readonly recorded: number;
  readonly inFlight: number;
  readonly deadLettered: number;
  readonly difference: number | null;
  readonly tolerance: number;
  /** Events found that are neither stored nor duplicates. */
  readonly eventsDifference: number;
  readonly holds: boolean | null;
}

export interface AccountInput {
  readonly span: Interval;
  readonly minutes: readonly CoverageMinute[];
  /** Of the stream: only their events are judged, since nobody but its reader counts its lines. */
  readonly streamed: readonly CoverageMinute[];
  readonly accepted: readonly CountedMinute[] | undefined;
  readonly inFlight: number;
  readonly deadLettered: number;
  readonly rules: AccountingRules;
}

export function account(input: AccountInput): Accounting {
  const { accepted, inFlight, deadLettered, rules } = input;
  const fromMs = input.span.fromMs;
  const toMs = Math.max(fromMs, Math.floor(input.span.toMs / minuteMs) * minuteMs);
  const isJudged = ({ minuteMs: at }: { readonly minuteMs: number }) => at >= fromMs && at < toMs;
  const minutes = input.minutes.filter(isJudged);
  const { recorded, events, stored, duplicates } = sumCoverage(minutes, input.streamed.filter(isJudged));
  const known = { until: new Date(toMs).toISOString(), recorded, inFlight, deadLettered };
  const eventsDifference = events - stored - duplicates;
  // A delivery is received at the end of one minute and answered in the next, which here may be the next day's.
  const atEdges = minutes.filter(({ minuteMs: at }) => at === fromMs || at === toMs - minuteMs);

  if (accepted === undefined) {
    const holds = eventsDifference === 0 ? null : false;
    return { ...known, accepted: null, difference: null, tolerance: 0, eventsDifference, holds };
  }
  const count = accepted.filter(isJudged).reduce((sum, point) => sum + point.count, 0);
  const share = Math.ceil(count * rules.toleranceShare);
  const tolerance = Math.max(rules.leastTolerance, share) + sumCoverage(atEdges).recorded;
  const difference = unexplained(count - recorded, inFlight + deadLettered);
  const holds = Math.abs(difference) <= tolerance && eventsDifference === 0;
  return { ...known, accepted: count, difference, tolerance, eventsDifference, holds };
}

/** What waits may be of another day or app, so it explains up to all of what is missing and asks for nothing itself. */
function unexplained(missing: number, waiting: number): number {
  return missing > 0 ? Math.max(0, missing - waiting) : missing;
}
