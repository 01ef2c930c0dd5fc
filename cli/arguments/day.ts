import { GaplessError } from '../../shared/errors.ts';

const dayMs = 86_400_000;

/** A day in UTC as YYYY-MM-DD, given what `now` is (Unix milliseconds). `today`, `yesterday`, or the day itself. Throws `USAGE`. */
export function parseDay(text: string, nowMs: number): string {
  const today = dayOf(nowMs);
  if (text === 'today') return today;
  if (text === 'yesterday') return dayOf(nowMs - dayMs);
  if (!isCalendarDay(text)) {
    throw new GaplessError(
      'USAGE',
      `--day ${JSON.stringify(text)} is not a day; give 2026-11-21, today or yesterday (days are in UTC)`,
    );
  }
  if (text > today) throw new GaplessError('USAGE', `--day ${text} has not begun: today is ${today} in UTC`);
  return text;
}

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** Date.parse would turn 31 February into 3 March. */
function isCalendarDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && dayOf(ms) === text;
}
