import { rereadMs } from './detect-refusals.ts';
import { type Gap, isReplayable, isUnfinished, isWebhookOutage, tell } from './gap.ts';
import { type Interval, intersect, minuteMs, show, subtract, union } from './interval.ts';
import { wanted } from './plan-replay.ts';
import type { WatchRules } from './watch-rules.ts';
import type { Observations, Tick, WatchState } from './watch-state.ts';

/**
 * Closes outages of the webhook during which the stream brought everything that the webhook would have: no replay is
 * asked for. Only where X sends nothing else by the webhook than what the stream carries, too; a person’s gap is
 * replayed all the same.
 */
export function coverByStream({ state, gaps }: Tick, { stream, nowMs }: Observations, rules: WatchRules): Tick {
  if (stream === undefined || !carriesOnlyXaa(state)) return { state, gaps };
  const covered = gaps.map((gap) => {
    if (!isReplayable(gap) || gap.reason === 'manual' || gap.attempts > 0 || gap.lostParts.length > 0) return gap;
    const whole = wanted(gap, rules);
    if (subtract([whole], stream).length > 0) return gap;
    return tell({ ...gap, state: 'healed' }, nowMs, `covered by the stream, which brought all of ${show(whole)}`);
  });
  return { state, gaps: covered };
}

/** What was ever seen or is subscribed. Without any knowledge of the subscriptions it may be more. */
function carriesOnlyXaa({ quiet, subscribed }: WatchState): boolean {
  if (subscribed === undefined || subscribed.others > 0) return false;
  const products = Object.keys(quiet);
  return (subscribed.xaa > 0 || products.length > 0) && products.every((product) => product === 'xaa');
}

/**
 * Closes breaks of the stream: what a later connection recovered or the webhook brought meanwhile is not missing. What
 * is still missing when X's stream no longer reaches back is lost.
 */
export function settleBreaks(tick: Tick, seen: Observations, rules: WatchRules): Tick {
  const state = rememberUnreturned(tick, seen, rules);
  const settled = { state, gaps: tick.gaps };
  return { state, gaps: tick.gaps.map((gap) => settleBreak(gap, settled, seen, rules)) };
}

function settleBreak(gap: Gap, tick: Tick, seen: Observations, rules: WatchRules): Gap {
  const { nowMs, stream = [] } = seen;
  const { fromMs, toMs, reason } = gap;
  if (reason !== 'stream' || toMs === null || !isUnfinished(gap)) return gap;
  const left = subtract([{ fromMs, toMs }], stream);
  if (left.length === 0) return tell({ ...gap, state: 'healed' }, nowMs, 'a later connection recovered all of it');
  const doubts = webhookDoubts(tick, seen, rules);
  const missing = isWebhookProven(toMs, tick.state) ? intersect(left, doubts) : left;
  if (missing.length === 0) {
    const line = 'covered by the webhook, which carries every subscription and worked all the time';
    return tell({ ...gap, state: 'healed' }, nowMs, line);
  }
  const undecided = tick.gaps.some(
    (other) =>
      isWebhookOutage(other) && isUnfinished(other) && intersect(missing, [bounds(other, rules.marginMs)]).length > 0,
  );
  if (undecided || toMs > nowMs - rules.streamHorizonMs) return gap;
  const why = 'the stream no longer reaches back to it, and the webhook did not carry it';
  const lostParts = missing.map((part) => ({ ...part, why }));
  return tell({ ...gap, state: 'lost', lostParts }, nowMs, `lost ${missing.map(show).join(', ')}: ${why}`);
}

/**
 * Whether outages of the webhook up to this time are all known: a good heartbeat lies after it, and the metrics, which
 * show late, were read long enough after it. Only with every subscription on the webhook does that say anything.
 */
function isWebhookProven(toMs: number, { subscribed, lastGoodAtMs = 0, measuredAtMs = 0 }: WatchState): boolean {
  return subscribed?.elsewhere === 0 && lastGoodAtMs >= toMs && measuredAtMs - rereadMs >= toMs;
}

/** Times in which the webhook may not have brought everything, with a margin on both sides. */
function webhookDoubts({ state, gaps }: Tick, { refusals }: Observations, { marginMs }: WatchRules) {
  const unjudged = refusals.filter(({ minuteMs: at, count }) => count > 0 && !state.judged.includes(at));
  return union([
    ...gaps.filter((gap) => isWebhookOutage(gap) && isUnfinished(gap)).map((gap) => bounds(gap, marginMs)),
    ...unjudged.map(({ minuteMs: at }) => bounds({ fromMs: at, toMs: at + minuteMs }, marginMs)),
    ...(state.unreturned ?? []).map((interval) => bounds(interval, marginMs)),
  ]);
}

function bounds({ fromMs, toMs }: Pick<Gap, 'fromMs' | 'toMs'>, marginMs: number): Interval {
  return { fromMs: fromMs - marginMs, toMs: (toMs ?? Number.POSITIVE_INFINITY) + marginMs };
}

/** Kept for as long as a break of the stream can be open: its horizon, and as much again. */
function rememberUnreturned({ state, gaps }: Tick, { stream, nowMs }: Observations, rules: WatchRules): WatchState {
  if (stream === undefined) return state;
  const gone = gaps.filter((gap) => isWebhookOutage(gap) && (gap.state === 'lost' || gap.state === 'unproven'));
  const parts = gone.map(({ fromMs, toMs }) => ({ fromMs, toMs: toMs ?? nowMs }));
  const kept = (state.unreturned ?? []).filter(({ toMs }) => toMs > nowMs - 2 * rules.streamHorizonMs);
  const unreturned = union([...kept, ...parts]);
  const { unreturned: _before, ...rest } = state;
  return unreturned.length === 0 ? rest : { ...rest, unreturned };
}
