import { type Interval, minuteMs } from '../gaps/interval.ts';
import type { StreamRules } from './stream-rules.ts';
import { breaksBetween, longestRecoveryMs, type StreamSession } from './stream-session.ts';
import { liveHold, type StreamSlot } from './stream-slot.ts';

/** What a tick is to do. `slot`: as it was read, to be taken on condition that it is still so. */
export type Role =
  | { readonly kind: 'none'; readonly why: 'well-held' | 'both-held' | 'backing-off' }
  | { readonly kind: 'read'; readonly slot: StreamSlot }
  | {
      readonly kind: 'recover';
      readonly slot: StreamSlot;
      readonly breaks: readonly Interval[];
      readonly untilMs: number;
    };

export interface Situation {
  readonly slots: readonly StreamSlot[];
  /** Of the last day. */
  readonly sessions: readonly StreamSession[];
  readonly nowMs: number;
  readonly rules: StreamRules;
}

/** After X refused to recover, it is asked again this much later. */
const recoveryRefusalMs = 60 * minuteMs;

/**
 * A tick reads when nobody does, or when the only reader is about to leave; it recovers when there is a break and the
 * second connection is not needed for a while. Two ticks that choose alike choose the same slot, which only one gets.
 */
export function chooseRole({ slots, sessions, nowMs, rules }: Situation): Role {
  const holds = slots.map((slot) => liveHold(slot, nowMs)).filter((hold) => hold !== undefined);
  const free = slots.find((slot) => liveHold(slot, nowMs) === undefined);
  if (free === undefined) return { kind: 'none', why: 'both-held' };
  const notBeforeMs = Math.max(0, ...slots.map(({ note }) => note.notBeforeMs ?? 0));
  if (nowMs < notBeforeMs) return { kind: 'none', why: 'backing-off' };

  const reader = holds.find(({ phase }) => phase !== 'recovering');
  if (reader === undefined) return { kind: 'read', slot: free };
  const handoverAtMs = reader.endsAtMs - rules.handoverMs;
  if (nowMs >= handoverAtMs) return { kind: 'read', slot: free };
  if (reader.phase !== 'connected' || isRefused(slots, nowMs)) return { kind: 'none', why: 'well-held' };
  const breaks = recoverable(sessions, nowMs);
  return breaks.length === 0
    ? { kind: 'none', why: 'well-held' }
    : { kind: 'recover', slot: free, breaks, untilMs: handoverAtMs };
}

function isRefused(slots: readonly StreamSlot[], nowMs: number): boolean {
  return slots.some(
    ({ note: { recoveryRefusedAtMs: atMs } }) => atMs !== undefined && nowMs < atMs + recoveryRefusalMs,
  );
}

/** X recovers the last 24 hours (docs.x.com, recovery and redundancy); what is about to fall out of them is left alone. */
function recoverable(sessions: readonly StreamSession[], nowMs: number): readonly Interval[] {
  const oldestMs = nowMs - longestRecoveryMs + 5 * minuteMs;
  return breaksBetween(sessions)
    .filter(({ toMs }) => toMs > oldestMs)
    .map(({ fromMs, toMs }) => ({ fromMs: Math.max(fromMs, oldestMs), toMs }));
}
