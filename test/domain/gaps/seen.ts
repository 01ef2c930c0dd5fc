import type { Advanced } from '../../../shared/domain/gaps/advance-replay.ts';
import { type Gap, newGap } from '../../../shared/domain/gaps/gap.ts';
import { minuteMs } from '../../../shared/domain/gaps/interval.ts';
import { watch } from '../../../shared/domain/gaps/watch.ts';
import { defaultWatchRules } from '../../../shared/domain/gaps/watch-rules.ts';
import {
  type MinuteSeen,
  newWatchState,
  type Observations,
  type WatchState,
} from '../../../shared/domain/gaps/watch-state.ts';

export const rules = defaultWatchRules;
const start = Date.parse('2026-11-21T00:00:00.000Z');

/** The minutes of these tests are counted from midnight. */
export const at = (minutes: number): number => start + minutes * minuteMs;

/** A world at rest at this minute: the webhook valid, no traffic, nothing refused. */
export function seenAt(minutes: number, changes: Partial<Observations> = {}): Observations {
  return {
    nowMs: at(minutes),
    minutes: [],
    heartbeats: [],
    webhook: { kind: 'found', webhookId: '7', valid: true },
    validationHeld: false,
    measured: true,
    refusals: [],
    unauthorized: [],
    oldestMessageAgeMs: 0,
    statuses: [],
    storedLate: new Map(),
    products: new Map(),
    ...changes,
  };
}

/** Live deliveries in that minute, the last one half way through. */
export function live(minute: number, deliveries = 1): MinuteSeen {
  return { minuteMs: at(minute), deliveries, replayed: 0, lastReceivedAtMs: at(minute + 0.5) };
}

/** A watcher that has known the webhook since midnight; its last proof is of midnight too. */
export function known(changes: Partial<WatchState> = {}): WatchState {
  const knownSince = { webhookId: '7', knownSinceMs: at(0), lastGoodAtMs: at(0) };
  return { ...newWatchState('default'), ...knownSince, ...changes };
}

/** An outage that is over, found when it ended; nothing was stored late in it yet. */
export function openGap(fromMinute: number, toMinute: number, changes: Partial<Gap> = {}): Gap {
  const found = { reason: 'heartbeat', state: 'open', expectedPerMinute: 1, line: 'found' } as const;
  const bounds = { fromMs: at(fromMinute), toMs: at(toMinute) };
  const gap = newGap({ nowMs: at(toMinute), app: 'default', webhookId: '7' }, { ...found, ...bounds });
  return { ...gap, storedLateBefore: 0, ...changes };
}

export function tick(state: WatchState, gaps: readonly Gap[], seen: Observations): Advanced {
  return watch({ state, gaps }, seen, rules);
}

/** What the tick left of gaps, in short. */
export function bounds({ gaps }: Advanced) {
  return gaps.map(({ reason, state, fromMs, toMs }) => [reason, state, fromMs, toMs]);
}
