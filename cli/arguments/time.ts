import { GaplessError } from '../../shared/errors.ts';

const unitMs: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
/** A century: what is longer ago may lie in a year that does not sort as text, which is how times are compared. */
const longestAgoMs = 36_525 * 86_400_000;
const agoPattern = /^(\d{1,9})([smhdw])$/;
const isoPattern = /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** An instant, given what `now` is (Unix milliseconds), as ISO UTC with milliseconds. */
export type TimeArgument = (nowMs: number) => string;

/**
 * An ISO time or date, or how long ago (`30m`, `2h`, `7d`, `now`). Without a zone it is the machine's own, as in what the
 * CLI shows; a date is its first instant. Throws `USAGE`.
 */
export function parseTime(option: string, text: string): TimeArgument {
  const ago = agoMs(text);
  if (ago !== undefined) return (nowMs) => new Date(nowMs - ago).toISOString();
  const ms = isoMs(text);
  if (ms === undefined || Number.isNaN(ms)) {
    throw new GaplessError(
      'USAGE',
      `--${option} ${JSON.stringify(text)} is not a time; give 2026-11-21, 2026-11-21T14:30, 2026-11-21T14:30:00Z, or how long ago: 30m, 2h, 7d`,
    );
  }
  return () => new Date(ms).toISOString();
}

function agoMs(text: string): number | undefined {
  if (text === 'now') return 0;
  const [, count, unit = ''] = agoPattern.exec(text) ?? [];
  const size = unitMs[unit];
  const ms = Number(count) * (size ?? Number.NaN);
  return ms <= longestAgoMs ? ms : undefined;
}

function isoMs(text: string): number | undefined {
  const [, date] = isoPattern.exec(text) ?? [];
  if (date === undefined || !isCalendarDate(date)) return undefined;
  // A date alone would be read as UTC, a time alone as local; both are to be local.
  return Date.parse(text === date ? `${date}T00:00` : text.replace(' ', 'T'));
}

/** Date.parse would turn 31 February into 3 March. */
function isCalendarDate(date: string): boolean {
  const ms = Date.parse(date);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date);
}
