import { GaplessError } from '../../shared/errors.ts';

const lostConnection: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
]);

/**
 * A failure for people. One that was foreseen, that AWS explains or that lies in the network is a sentence; anything else
 * is a defect and needs its trace.
 */
export function explain(error: unknown): string {
  if (error instanceof GaplessError) return error.message;
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && lostConnection.has(error.code)) {
    return `No connection (${error.message}). Is this machine online and, with --local, npm start still running?`;
  }
  return '$metadata' in error ? `${error.name}: ${error.message}` : (error.stack ?? error.message);
}
