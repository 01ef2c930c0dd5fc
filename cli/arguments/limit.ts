import { GaplessError } from '../../shared/errors.ts';

/** A whole number from 1 without a maximum, or `all`. Throws `USAGE`. */
export function parseLimit(text: string): number {
  if (text === 'all') return Number.POSITIVE_INFINITY;
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new GaplessError('USAGE', `--limit ${JSON.stringify(text)} is not a whole number from 1, nor "all"`);
}
