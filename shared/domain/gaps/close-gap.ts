import { type Gap, isReplayable, tell } from './gap.ts';
import { type Interval, intersect, minuteMs, show } from './interval.ts';
import { remaining } from './plan-replay.ts';
import type { WatchRules } from './watch-rules.ts';
import type { Observations, WatchState } from './watch-state.ts';

/** What came late before a replay was asked for came by itself, or by the replay of another gap. */
export function countRecovered(gap: Gap, { storedLate }: Observations): Gap {
  const counted = storedLate.get(gap.gapId);
  if (counted === undefined) return gap;
  const before = gap.state === 'replaying' ? (gap.storedLateBefore ?? counted) : counted;
  return { ...gap, storedLateBefore: before, recovered: counted - before };
}

/** A gap of which nothing is left to be replayed is healed, unproven or lost. */
export function close(gap: Gap, state: WatchState, seen: Observations, rules: WatchRules): Gap {
  if (!isReplayable(gap) || remaining([gap], state.settled, rules).length > 0) return gap;
  const { nowMs } = seen;
  if (gap.lostParts.length > 0) return tell({ ...gap, state: 'lost' }, nowMs, 'a part of it can’t come back');
  if (gap.replayed === 0 && (gap.webhookId ?? state.webhookId) !== state.webhookId) {
    const why = 'the webhook was deleted at X, which replays nothing of it to another';
    return tell(
      { ...lose(gap, [gap], why, nowMs), state: 'lost' },
      nowMs,
      'a replay for the new webhook brought nothing',
    );
  }
  const expected = (gap.expectedPerMinute * (gap.toMs - gap.fromMs)) / minuteMs;
  if (gap.replayed === 0 && expected >= 1) {
    const line = `X says that all was replayed, yet nothing came where about ${Math.round(expected)} events were expected`;
    return tell({ ...gap, state: 'unproven' }, nowMs, line);
  }
  const line = `replayed in full; ${gap.recovered} events were missing and are back`;
  return tell({ ...gap, state: 'healed' }, nowMs, line);
}

/** Margins are no loss: only what lies in the gap itself counts. */
export function lose(gap: Gap, parts: readonly Interval[], why: string, nowMs: number): Gap {
  const own = intersect([{ fromMs: gap.fromMs, toMs: gap.toMs ?? nowMs }], parts);
  if (own.length === 0) return gap;
  const lostParts = [...gap.lostParts, ...own.map((part) => ({ ...part, why }))];
  return tell({ ...gap, lostParts }, nowMs, `lost ${own.map(show).join(', ')}: ${why}`);
}
