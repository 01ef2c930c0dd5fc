import { type Interval, minuteMs } from '../gaps/interval.ts';
import type { StreamSession } from './stream-session.ts';

/** X fills back five minutes at most (openapi.json, `backfill_minutes`). */
export const mostBackfillMinutes = 5;

/** Until when everything is on SQS, by whichever connection; `undefined`: there was none in the time that was read. */
export function newestCoverageMs(sessions: readonly StreamSession[]): number | undefined {
  const ends = sessions.filter(({ fromMs, toMs }) => fromMs < toMs).map(({ toMs }) => toMs);
  return ends.length === 0 ? undefined : Math.max(...ends);
}

/**
 * How many minutes X is asked to fill back: the break and at least one minute more, for what was on its way. A longer
 * break than X fills back is asked for as far as X does; the rest is recovered.
 */
export function backfillMinutes(newestMs: number | undefined, nowMs: number): number {
  if (newestMs === undefined || newestMs >= nowMs) return 0;
  return Math.min(Math.ceil((nowMs - newestMs) / minuteMs) + 1, mostBackfillMinutes);
}

/** Short, so that little is fetched again when a recovery is broken off. */
const longestWindowMs = 15 * minuteMs;

/** The breaks, oldest first, in windows that one connection recovers. */
export function recoveryWindows(breaks: readonly Interval[]): readonly Interval[] {
  return breaks.flatMap(({ fromMs, toMs }) => {
    const count = Math.ceil((toMs - fromMs) / longestWindowMs);
    return Array.from({ length: count }, (_, index) => ({
      fromMs: fromMs + index * longestWindowMs,
      toMs: Math.min(fromMs + (index + 1) * longestWindowMs, toMs),
    }));
  });
}

/**
 * What X is asked for: whole seconds, and a minute more at the start. A break is by when lines arrived, and X may count
 * by when something happened; what happened just before the break arrived in it.
 */
export function recoveryRequest({ fromMs, toMs }: Interval): Interval {
  return { fromMs: Math.floor(fromMs / 1_000) * 1_000 - minuteMs, toMs: Math.ceil(toMs / 1_000) * 1_000 };
}
