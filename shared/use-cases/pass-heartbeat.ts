import { heartbeatSpacingMs } from '../domain/gaps/heartbeat-spacing.ts';
import { GaplessError } from '../errors.ts';
import type { Clock, Heartbeat, HeartbeatQueue } from '../ports.ts';

/** `spared`: there was one a moment ago. `lost`: by a code or the name of an error; the watcher may miss it. */
export type HeartbeatOutcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'spared' }
  | { readonly kind: 'lost'; readonly reason: string };

export type PassHeartbeat = (heartbeat: Heartbeat) => Promise<HeartbeatOutcome>;

/**
 * Returns a function that passes heartbeats on and never rejects. Anybody can send a CRC, so of those that X did not
 * sign one a second, process and app goes on: a stranger cannot flood the queue, nor hide X's check behind his own,
 * since his has then proven the same way in the same second.
 */
export function createPassHeartbeat(deps: { readonly clock: Clock; readonly queue: HeartbeatQueue }): PassHeartbeat {
  const lastAt = new Map<string, number>();

  const isDue = (app: string): boolean => {
    const now = deps.clock.now();
    const sinceMs = now - (lastAt.get(app) ?? Number.NEGATIVE_INFINITY);
    // A clock that was set back must not silence the heart until it has caught up.
    if (Math.abs(sinceMs) < heartbeatSpacingMs) return false;
    lastAt.set(app, now);
    return true;
  };

  return async (heartbeat) => {
    if (!heartbeat.proven && !isDue(heartbeat.app)) return { kind: 'spared' };
    try {
      await deps.queue.sendHeartbeat(heartbeat);
      return { kind: 'sent' };
    } catch (error) {
      return { kind: 'lost', reason: reasonOf(error) };
    }
  };
}

function reasonOf(error: unknown): string {
  if (error instanceof GaplessError) return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
