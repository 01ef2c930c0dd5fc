import { GaplessError } from '../../shared/errors.ts';

/** A TCP port; 0 takes a free one. Throws `USAGE`. */
export function parsePort(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new GaplessError('USAGE', `--port ${JSON.stringify(text)} is not a port`);
}
