import type { Gap } from '../domain/gaps/gap.ts';
import { type Interval, minuteMs, overlap } from '../domain/gaps/interval.ts';
import type { CountedMinute } from '../domain/gaps/watch-state.ts';
import type { CoverageMinute } from '../watch-ports.ts';
import { type Accounting, type AccountingRules, account } from './report/account.ts';
import { countMinutes, type MinuteKinds } from './report/minute-kinds.ts';
import { sumCoverage, type Traffic } from './report/traffic.ts';

export interface ReportInput {
  /** YYYY-MM-DD, UTC. */
  readonly day: string;
  readonly nowMs: number;
  /** Of that day: what the recorder counted, of all apps that are reported. */
  readonly minutes: readonly CoverageMinute[];
  /** The same of the stream. */
  readonly streamed: readonly CoverageMinute[];
  /** What the receiver accepted, by minute or by hour. `undefined`: nobody measured it. */
  readonly accepted: readonly CountedMinute[] | undefined;
  /** Messages of the queue and of the dead-letter queue, at this moment; SQS does not tell of which day or app. */
  readonly inFlight: number;
  readonly deadLettered: number;
  /** Of the same apps, of any time. */
  readonly gaps: readonly Gap[];
  readonly rules: AccountingRules;
}

export interface HourReport extends Traffic {
  /** ISO time of its start. */
  readonly hour: string;
  readonly accepted: number | null;
  readonly minutes: MinuteKinds;
}

export interface Report {
  readonly day: string;
  /** Those that have begun. */
  readonly hours: readonly HourReport[];
  readonly total: Omit<HourReport, 'hour'>;
  readonly accounting: Accounting;
  /** That touch the day, newest first. */
  readonly gaps: readonly Gap[];
}

const hourMs = 60 * minuteMs;

/** The part of a day (UTC) that has begun, in whole minutes; empty for one that has not. */
export function daySpan(day: string, nowMs: number): Interval {
  const fromMs = Date.parse(day);
  const endMs = Math.min(fromMs + 24 * hourMs, Math.ceil(nowMs / minuteMs) * minuteMs);
  return { fromMs, toMs: Math.max(fromMs, endMs) };
}

/** One day of the ledger, hour by hour and in all, and whether its numbers agree (docs/gaps.md, "The account"). */
export function report(input: ReportInput): Report {
  const { day, nowMs, minutes, streamed, accepted, rules } = input;
  const span = daySpan(day, nowMs);
  const gaps = input.gaps
    .filter((gap) => overlap({ fromMs: gap.fromMs, toMs: gap.toMs ?? nowMs }, span))
    .sort((a, b) => b.fromMs - a.fromMs);

  const part = (some: Interval) => {
    const within = <T extends { readonly minuteMs: number }>(counted: readonly T[]) =>
      counted.filter(({ minuteMs: at }) => at >= some.fromMs && at < some.toMs);
    return {
      accepted: accepted === undefined ? null : within(accepted).reduce((sum, { count }) => sum + count, 0),
      ...sumCoverage(within(minutes), within(streamed)),
      minutes: countMinutes(some, within(minutes), gaps, nowMs),
    };
  };
  const hours = Array.from({ length: Math.ceil((span.toMs - span.fromMs) / hourMs) }, (_, index) => {
    const fromMs = span.fromMs + index * hourMs;
    const hour = new Date(fromMs).toISOString();
    return { hour, ...part({ fromMs, toMs: Math.min(fromMs + hourMs, span.toMs) }) };
  });

  const judged = { fromMs: span.fromMs, toMs: Math.min(span.toMs, nowMs - rules.settledAfterMs) };
  const accounting = account({ ...input, span: judged });
  return { day, hours, total: part(span), accounting, gaps };
}
