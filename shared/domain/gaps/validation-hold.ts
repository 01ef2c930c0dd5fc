import { type Interval, subtract } from './interval.ts';
import type { Observations, WatchState } from './watch-state.ts';

/** Whether whoever makes X check the webhook must wait. */
export function isHeld(heldUntilMs: number | undefined, nowMs: number): boolean {
  return heldUntilMs !== undefined && nowMs < heldUntilMs;
}

/** The newest hold as the ticks saw it, from the first to the last of them that was held. */
export function rememberHold(
  { held, watchedAtMs }: WatchState,
  { nowMs, validationHeld }: Observations,
): Interval | undefined {
  if (!validationHeld) return held;
  const goesOn = held !== undefined && held.toMs === watchedAtMs;
  return { fromMs: goesOn ? held.fromMs : nowMs, toMs: nowMs };
}

/** How much of the span X could be asked for a heartbeat. That none came while nobody might ask says nothing. */
export function askableMs(span: Interval, held: Interval | undefined): number {
  return subtract([span], held ? [held] : []).reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
}
