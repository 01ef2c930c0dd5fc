import { expectedPerMinute } from './detect-heartbeat.ts';
import { type Gap, newGap, tell } from './gap.ts';
import { type Interval, minuteMs, overlap } from './interval.ts';
import type { WatchRules } from './watch-rules.ts';
import type { CountedMinute, Observations, Tick } from './watch-state.ts';

/** What is remembered of judged minutes: longer than CloudWatch's lag, for which minutes are read again. */
const judgedForMs = 90 * minuteMs;
/** A secret is looked at together with the 401s of this time before its change. */
const wrongSecretMs = 60 * minuteMs;

/**
 * The third detector: minutes in which POSTs met 5xx or 429, judged once X's own retries are over. Anybody can cause a
 * 401, so those count only together with a change of the secret. Refusals while a replay ran spoil its job instead:
 * X sends at its highest rate then, and live deliveries are tried again by X.
 */
export function detectRefusals(tick: Tick, seen: Observations, rules: WatchRules): Tick {
  const { state } = tick;
  const ripe = (minute: CountedMinute) =>
    minute.count > 0 && seen.nowMs >= minute.minuteMs + minuteMs + rules.refusalsRipeMs;
  const minutes = [...seen.refusals, ...wrongSecretMinutes(seen)]
    .filter(ripe)
    .map(({ minuteMs: at }) => at)
    .filter(
      (at) =>
        !state.judged.includes(at) &&
        !tick.gaps.some((gap) => gap.state === 'suspected' && gap.reason === 'heartbeat' && holds(gap, at)),
    )
    .sort((a, b) => a - b);
  if (minutes.length === 0) return tick;
  const gaps = minutes.reduce((known, fromMs) => addMinute(known, fromMs, tick, seen, rules), tick.gaps);
  const judged = [...new Set([...state.judged, ...minutes])].filter((at) => at > seen.nowMs - judgedForMs);
  return { state: { ...state, judged }, gaps };
}

function wrongSecretMinutes({ secretChangedAtMs, unauthorized }: Observations): readonly CountedMinute[] {
  if (secretChangedAtMs === undefined) return [];
  return unauthorized.filter(({ minuteMs: at }) => at <= secretChangedAtMs && at > secretChangedAtMs - wrongSecretMs);
}

function addMinute(
  gaps: readonly Gap[],
  fromMs: number,
  { state }: Tick,
  seen: Observations,
  rules: WatchRules,
): readonly Gap[] {
  const minute: Interval = { fromMs, toMs: fromMs + minuteMs };
  if (gaps.some((gap) => covered(gap, fromMs)) || state.jobsRan.some((ran) => overlap(minute, ran))) return gaps;
  const near = gaps.find((gap) => gap.reason === 'refusals' && gap.state === 'open' && isNear(gap, minute, rules));
  if (near) return gaps.map((gap) => (gap === near ? widen(gap, minute, seen.nowMs) : gap));
  const found = {
    reason: 'refusals',
    state: 'open',
    ...minute,
    expectedPerMinute: expectedPerMinute(seen, fromMs),
    line: 'deliveries were refused',
  } as const;
  return [...gaps, newGap({ nowMs: seen.nowMs, app: state.app, webhookId: state.webhookId }, found)];
}

/** Minutes of a known outage are part of it; silence and missing subscriptions are no outage. */
function covered(gap: Gap, fromMs: number): boolean {
  return gap.reason !== 'silence' && gap.reason !== 'subscriptions' && holds(gap, fromMs);
}

/** Does the minute that starts here lie, even in part, in the gap? */
function holds(gap: Gap, fromMs: number): boolean {
  const toMs = gap.toMs ?? Number.POSITIVE_INFINITY;
  return overlap({ fromMs, toMs: fromMs + minuteMs }, { fromMs: gap.fromMs, toMs });
}

function isNear(gap: Gap, minute: Interval, rules: WatchRules): boolean {
  if (gap.toMs === null) return false;
  return minute.fromMs - gap.toMs <= rules.coalesceMs && gap.fromMs - minute.toMs <= rules.coalesceMs;
}

function widen(gap: Gap, minute: Interval, nowMs: number): Gap {
  const toMs = Math.max(gap.toMs ?? minute.toMs, minute.toMs);
  return tell({ ...gap, fromMs: Math.min(gap.fromMs, minute.fromMs), toMs }, nowMs, 'more refused minutes');
}
