import type { ReplayRules } from './replay-rules.ts';

/** Half-open, Unix milliseconds. */
export interface ReplayWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

type WindowRules = Pick<ReplayRules, 'horizonMs' | 'fromAgeMs' | 'toAgeMs' | 'toInclusive'>;

const minuteMs = 60_000;

/** `yyyymmddhhmm`, UTC; `undefined` for anything else, a 31st of February included. */
function parseDate(value: unknown): number | undefined {
  if (typeof value !== 'string' || !/^\d{12}$/.test(value)) return undefined;
  const [, year, month, day, hour, minute] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(value) ?? [];
  const text = `${year}-${month}-${day}T${hour}:${minute}:00.000Z`;
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) || new Date(atMs).toISOString() !== text ? undefined : atMs;
}

/** The window that a job asks for, or why X does not take it (docs.x.com, Account Activity replay). */
export function readWindow(fromDate: unknown, toDate: unknown, nowMs: number, rules: WindowRules) {
  const fromMs = parseDate(fromDate);
  const toMs = parseDate(toDate);
  if (fromMs === undefined) return { fault: 'from_date is not in the format yyyymmddhhmm' };
  if (toMs === undefined) return { fault: 'to_date is not in the format yyyymmddhhmm' };
  if (fromMs > nowMs) return { fault: 'from_date is in the future' };
  if (toMs > nowMs) return { fault: 'to_date is in the future' };
  if (fromMs >= toMs) return { fault: 'from_date is not before to_date' };
  if (fromMs < nowMs - rules.horizonMs) return { fault: `from_date is more than ${hours(rules.horizonMs)} hours ago` };
  if (fromMs > nowMs - rules.fromAgeMs) return { fault: `from_date is not ${minutes(rules.fromAgeMs)} minutes ago` };
  if (toMs > nowMs - rules.toAgeMs) return { fault: `to_date is not ${minutes(rules.toAgeMs)} minutes ago` };
  return { window: { fromMs, toMs: rules.toInclusive ? toMs + minuteMs : toMs } };
}

const minutes = (ms: number) => ms / minuteMs;
const hours = (ms: number) => ms / minuteMs / 60;
