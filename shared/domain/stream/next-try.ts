import { backOffMs, type Failing, type FailureKind, failedAgain } from './back-off.ts';

/** How a connection ended, or that there was none. `livedMs`: from its opening. */
export type ConnectionOutcome =
  | { readonly kind: 'ended'; readonly livedMs: number }
  | { readonly kind: 'failed'; readonly failure: FailureKind; readonly livedMs: number; readonly retryAtMs?: number };

/** A connection that lived so long was one: what failed before it is forgotten. */
const steadyMs = 20_000;

/** When to connect again. At once after X ended a connection, unless it had hardly begun: X would be asked without a pause. */
export function nextTry(
  outcome: ConnectionOutcome,
  before: Failing | undefined,
  nowMs: number,
): { readonly atMs: number; readonly failing?: Failing } {
  const steady = outcome.livedMs >= steadyMs;
  if (outcome.kind === 'ended' && steady) return { atMs: nowMs };
  const { failure, retryAtMs = 0 } = outcome.kind === 'ended' ? { failure: 'network' as const } : outcome;
  const failing = failedAgain(steady ? undefined : before, failure);
  return { failing, atMs: Math.max(nowMs + backOffMs(failing), retryAtMs) };
}
