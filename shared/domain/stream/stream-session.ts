import { type Interval, union } from '../gaps/interval.ts';

/** How long the ledger must be searched before and after a span for sessions that reach into it. */
export const longestSessionMs = 20 * 60_000;
export const longestRecoveryMs = 24 * 3_600_000;

/**
 * One connection to X's stream: everything that X sent from `fromMs` up to `toMs` is on SQS. `fromMs` lies before the
 * connection by the minutes that X filled back, or where a recovery began; nothing is covered while both are the same.
 */
export interface StreamSession extends Interval {
  readonly app: string;
  /** `recovery`: a connection that fetched what an earlier break left out. */
  readonly kind: 'live' | 'recovery';
  /** Of the lease's slot. */
  readonly holder: string;
  readonly connectedAtMs: number;
}

/** What the sessions cover together, oldest first. */
export function covered(sessions: readonly StreamSession[]): readonly Interval[] {
  return union(sessions);
}

/** The times between what is covered, oldest first: nothing before the first and after the newest coverage. */
export function breaksBetween(sessions: readonly StreamSession[]): readonly Interval[] {
  const parts = covered(sessions);
  return parts.slice(1).map(({ fromMs }, index) => ({ fromMs: parts[index]?.toMs ?? fromMs, toMs: fromMs }));
}
