import { expectedPerMinute, isOngoing, isStopped } from './detect-heartbeat.ts';
import { newGap, tell } from './gap.ts';
import type { Observations, Tick } from './watch-state.ts';

/**
 * The second detector: X itself says that it does not deliver, because the webhook is invalid or gone
 * (docs.x.com, webhooks introduction: an invalid webhook gets nothing until `PUT /2/webhooks/:id` succeeds). A webhook
 * that X never had is not registered yet, which is no outage.
 */
export function detectInvalid({ state, gaps }: Tick, seen: Observations): Tick {
  const { webhook, nowMs } = seen;
  if (!isStopped(seen) || state.knownSinceMs === undefined) return { state, gaps };
  if (gaps.some((gap) => isOngoing(gap) && gap.state !== 'suspected')) return { state, gaps };
  const line = webhook.kind === 'absent' ? 'X has no such webhook any more' : 'X says that the webhook is invalid';
  const suspicion = gaps.find((gap) => gap.state === 'suspected' && isOngoing(gap));
  if (suspicion) {
    const opened = tell({ ...suspicion, state: 'open', reason: 'invalid' }, nowMs, line);
    return { state, gaps: gaps.map((gap) => (gap === suspicion ? opened : gap)) };
  }
  const fromMs = state.lastGoodAtMs ?? nowMs;
  const at = { nowMs, app: state.app, webhookId: state.webhookId };
  const expected = expectedPerMinute(seen, fromMs);
  const found = { reason: 'invalid', state: 'open', fromMs, toMs: null, expectedPerMinute: expected, line } as const;
  return { state, gaps: [...gaps, newGap(at, found)] };
}
