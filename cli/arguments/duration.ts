import { GaplessError } from '../../shared/errors.ts';

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `90m`, `24h`, `7d` in milliseconds. `option` names it in the error `USAGE`. */
export function parseDuration(text: string, option: string): number {
  const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const ms = Number(count) * (unitMs[unit] ?? Number.NaN);
  if (Number.isNaN(ms))
    throw new GaplessError('USAGE', `${option} ${JSON.stringify(text)} is not a duration like 90m, 24h or 7d`);
  return ms;
}
