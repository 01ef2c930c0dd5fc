import { expectedPerMinute } from './detect-heartbeat.ts';
import { type Gap, isWebhookOutage, newGap, tell } from './gap.ts';
import { type Interval, minuteMs, overlap } from './interval.ts';
import type { WatchRules } from './watch-rules.ts';
import type { CountedMinute, Observations, Tick, WatchState } from './watch-state.ts';

/** Metrics lag: what was read is read again for this time. */
export const rereadMs = 15 * minuteMs;
/** How far back metrics are ever read. What is judged is remembered for longer, or it would be judged twice. */
const furthestMs = 24 * 60 * minuteMs;
const judgedForMs = furthestMs + rereadMs;
/** A secret is looked at together with the 401s of this time before its change. */
const wrongSecretMs = 60 * minuteMs;

/**
 * From when on the metrics have to be read: since the last time that worked, for as long as a job runs, whose refusals
 * spoil it, and for as long as a suspicion keeps minutes from being judged; at least an hour, for changes of the secret.
 */
export function measuredFrom({ state, gaps }: Tick, nowMs: number): number {
  const { job } = state;
  const since = [
    nowMs - wrongSecretMs,
    (state.measuredAtMs ?? nowMs) - rereadMs,
    ...(job && 'startedAtMs' in job ? [job.startedAtMs] : []),
    ...gaps.filter((gap) => gap.state === 'suspected' && gap.reason === 'heartbeat').map(({ fromMs }) => fromMs),
  ];
  return Math.floor(Math.max(nowMs - furthestMs, Math.min(...since)) / minuteMs) * minuteMs;
}

/**
 * The third detector: minutes in which POSTs met 5xx or 429, judged once X's own retries are over. Anybody can cause a
 * 401, so those count only together with a change of the secret. What a stranger was refused before X had the webhook
 * is nobody's loss.
 */
export function detectRefusals(tick: Tick, seen: Observations, rules: WatchRules): Tick {
  const { state } = tick;
  const minutes = [...new Set([...seen.refusals, ...wrongSecretMinutes(seen)].filter(isCounted).map(startOf))]
    .filter((at) => seen.nowMs >= at + minuteMs + rules.refusalsRipeMs && !state.judged.includes(at))
    .filter((at) => !isUndecided(at, tick, seen, rules))
    .sort((a, b) => a - b);
  if (minutes.length === 0) return tick;
  const gaps = minutes.reduce((known, fromMs) => addMinute(known, fromMs, tick, seen, rules), tick.gaps);
  const judged = [...state.judged, ...minutes].filter((at) => at > seen.nowMs - judgedForMs);
  return { state: { ...state, judged }, gaps };
}

const isCounted = ({ count }: CountedMinute): boolean => count > 0;
const startOf = ({ minuteMs: at }: CountedMinute): number => at;

function wrongSecretMinutes({ secretChangedAtMs, unauthorized }: Observations): readonly CountedMinute[] {
  if (secretChangedAtMs === undefined) return [];
  return unauthorized.filter(({ minuteMs: at }) => at <= secretChangedAtMs && at > secretChangedAtMs - wrongSecretMs);
}

/** A suspicion may still swallow the minute; and what came through in it is not known while the queue is behind. */
function isUndecided(fromMs: number, { state, gaps }: Tick, seen: Observations, rules: WatchRules): boolean {
  const suspected = gaps.some((gap) => gap.state === 'suspected' && gap.reason === 'heartbeat' && holds(gap, fromMs));
  return suspected || (isDuringReplay(fromMs, state) && seen.oldestMessageAgeMs >= rules.queueBehindMs);
}

function addMinute(
  gaps: readonly Gap[],
  fromMs: number,
  { state }: Tick,
  seen: Observations,
  rules: WatchRules,
): readonly Gap[] {
  if (state.knownSinceMs === undefined || fromMs + minuteMs <= state.knownSinceMs) return gaps;
  if (gaps.some((gap) => covered(gap, fromMs)) || isReplaysOwn(fromMs, state, seen)) return gaps;
  const minute: Interval = { fromMs, toMs: fromMs + minuteMs };
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

/**
 * Refusals while a replay runs spoil its job: X sends at its highest rate then, and tries live deliveries again. Unless
 * nothing at all came through in that minute: then it was an outage, replay or not.
 */
function isReplaysOwn(fromMs: number, state: WatchState, seen: Observations): boolean {
  const cameThrough = seen.minutes.some(({ minuteMs: at, deliveries }) => at === fromMs && deliveries > 0);
  return cameThrough && isDuringReplay(fromMs, state);
}

function isDuringReplay(fromMs: number, { job, jobsRan }: WatchState): boolean {
  const minute: Interval = { fromMs, toMs: fromMs + minuteMs };
  const startedAtMs = job && 'startedAtMs' in job ? job.startedAtMs : Number.POSITIVE_INFINITY;
  return minute.toMs > startedAtMs || jobsRan.some((ran) => overlap(minute, ran));
}

/** Minutes of a known outage are part of it. */
function covered(gap: Gap, fromMs: number): boolean {
  return isWebhookOutage(gap) && holds(gap, fromMs);
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
