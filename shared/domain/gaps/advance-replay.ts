import { isOngoing } from './detect-heartbeat.ts';
import { type Gap, isReplayable, tell } from './gap.ts';
import { type Interval, intersect, minuteMs, overlap } from './interval.ts';
import { earliestFrom, planReplay, remaining, wanted } from './plan-replay.ts';
import { addTrouble, type JobSigns, nextStep, type ReplayJob } from './replay-job.ts';
import type { WatchRules } from './watch-rules.ts';
import type { Effect, Observations, Tick, WatchState } from './watch-state.ts';

export interface Advanced extends Tick {
  readonly effects: readonly Effect[];
  /** A replay job ended badly in this tick. */
  readonly jobFailed?: true;
}

/** Moves the webhook's one replay job on and, when it has none, asks for the next window. */
export function advanceReplay(tick: Tick, seen: Observations, rules: WatchRules): Advanced {
  const counted = { ...tick, gaps: tick.gaps.map((gap) => countRecovered(gap, seen)) };
  const { job } = counted.state;
  const moved = job ? moveJob(counted, job, seen, rules) : { ...counted, effects: [] };
  const closed = { ...moved, gaps: moved.gaps.map((gap) => close(gap, moved.state, seen, rules)) };
  return closed.state.job ? closed : startNext(closed, seen, rules);
}

function moveJob(tick: Tick, job: ReplayJob, seen: Observations, rules: WatchRules): Advanced {
  const { nowMs } = seen;
  const { job: _ended, ...idle } = tick.state;
  const next = nextStep(job, { nowMs, statuses: seen.statuses, signs: signsOf(job, seen, rules) }, rules);
  switch (next.step) {
    case 'wait':
      return { ...tick, effects: [] };
    case 'free':
      return { ...tick, state: idle, effects: [] };
    case 'ask-again': {
      if (job.state !== 'claimed') return { ...tick, effects: [] };
      const state = { ...tick.state, job: { ...job, claimedAtMs: nowMs } };
      return { ...tick, state, effects: [{ kind: 'replay', window: job.window }] };
    }
    case 'settle': {
      if (job.state !== 'running') return { ...tick, effects: [] };
      const settling: ReplayJob = { ...job, state: 'settling', endedAtMs: next.endedAtMs };
      return { ...tick, state: { ...tick.state, job: settling }, effects: [] };
    }
    case 'complete': {
      const replayed = replayedDuring(job, seen);
      const { trouble: _over, ...rest } = idle;
      const over = { ...rest, jobsRan: ran(idle, job, nowMs) };
      const state = settleWindows(over, [next.window], next.askedAtMs, seen, rules);
      const line = `X replayed ${show(next.window)}: ${replayed} deliveries`;
      const gaps = touched(tick.gaps, next.window, rules, (gap) =>
        tell({ ...gap, replayed: gap.replayed + replayed }, nowMs, line),
      );
      return { state, gaps, effects: [] };
    }
    case 'failed': {
      const trouble = addTrouble(idle.trouble, next);
      const state = { ...idle, trouble, jobsRan: ran(idle, job, nowMs) };
      const line = `attempt ${trouble.attempts} for ${show(next.window)} failed: ${next.why}`;
      const told = touched(tick.gaps, next.window, rules, (gap) => tell(gap, nowMs, line));
      if (trouble.attempts < rules.mostAttempts) return { state, gaps: told, effects: [], jobFailed: true };
      return { ...giveUp({ state, gaps: told }, next.window, seen, rules), effects: [], jobFailed: true };
    }
  }
}

/** Six failures in a row: every gap that the window serves is written off as far as it is not replayed. */
function giveUp({ state, gaps }: Tick, window: Interval, seen: Observations, rules: WatchRules): Tick {
  const { trouble: _over, ...rest } = state;
  const why = `${rules.mostAttempts} replay jobs in a row failed`;
  const given = gaps.filter((gap) => isReplayable(gap) && overlap(window, wanted(gap, rules)));
  const left = remaining(given, state.settled, rules);
  const lost = gaps.map((gap) => (given.includes(gap) ? lose(gap, left, why, seen.nowMs) : gap));
  return { state: settleWindows(rest, left, seen.nowMs, seen, rules), gaps: lost };
}

/** What came late before a replay was asked for came by itself, or by the replay of another gap. */
function countRecovered(gap: Gap, { storedLate }: Observations): Gap {
  const counted = storedLate.get(gap.gapId);
  if (counted === undefined) return gap;
  const before = gap.state === 'replaying' ? (gap.storedLateBefore ?? counted) : counted;
  return { ...gap, storedLateBefore: before, recovered: counted - before };
}

/** A gap of which nothing is left to be replayed is healed, unproven or lost. */
function close(gap: Gap, state: WatchState, seen: Observations, rules: WatchRules): Gap {
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

function startNext(tick: Advanced, seen: Observations, rules: WatchRules): Advanced {
  const { state, gaps } = tick;
  const { nowMs } = seen;
  const usable = seen.webhook.kind === 'found' && seen.webhook.valid && !gaps.some(isOngoing);
  if (!usable || nowMs < (state.pausedUntilMs ?? 0)) return writeOffFallen(tick, seen, rules);
  // Before a gap's first replay it has to be known what was stored late in its bounds without one.
  const counted = gaps.filter(({ storedLateBefore }) => storedLateBefore !== undefined);
  const plan = planReplay({ nowMs, gaps: counted, settled: state.settled, trouble: state.trouble, rules });
  if (plan.kind === 'fallen') return startNext(writeOffFallen(tick, seen, rules), seen, rules);
  if (plan.kind !== 'window') return tick;
  const { window } = plan;
  const line = `asking X to replay ${show(window)}`;
  const asked = touched(gaps, window, rules, (gap) => tell({ ...gap, state: 'replaying' }, nowMs, line));
  const job: ReplayJob = { state: 'claimed', window, claimedAtMs: nowMs };
  return { ...tick, state: { ...state, job }, gaps: asked, effects: [...tick.effects, { kind: 'replay', window }] };
}

/** What X's horizon has passed is lost, whether or not a job could be asked for at the moment. */
function writeOffFallen(tick: Advanced, seen: Observations, rules: WatchRules): Advanced {
  const { state, nowMs } = { state: tick.state, nowMs: seen.nowMs };
  const past = [{ fromMs: Number.NEGATIVE_INFINITY, toMs: earliestFrom(nowMs, rules) }];
  const fallen = intersect(remaining(tick.gaps, state.settled, rules), past);
  if (fallen.length === 0) return tick;
  const why = 'older than X replays';
  const gaps = tick.gaps.map((gap) => (isReplayable(gap) ? lose(gap, fallen, why, nowMs) : gap));
  const next = { ...tick, state: settleWindows(state, fallen, nowMs, seen, rules), gaps };
  return { ...next, gaps: gaps.map((gap) => close(gap, next.state, seen, rules)) };
}

/** Margins are no loss: only what lies in the gap itself counts. */
function lose(gap: Gap, parts: readonly Interval[], why: string, nowMs: number): Gap {
  const own = intersect([{ fromMs: gap.fromMs, toMs: gap.toMs ?? nowMs }], parts);
  if (own.length === 0) return gap;
  const lostParts = [...gap.lostParts, ...own.map((part) => ({ ...part, why }))];
  return tell({ ...gap, lostParts }, nowMs, `lost ${own.map(show).join(', ')}: ${why}`);
}

/** Changes the gaps that the window serves. */
export function touched(
  gaps: readonly Gap[],
  window: Interval,
  rules: WatchRules,
  change: (gap: Gap) => Gap,
): readonly Gap[] {
  return gaps.map((gap) => (isReplayable(gap) && overlap(window, wanted(gap, rules)) ? change(gap) : gap));
}

/** Kept for as long as a gap can be open: the horizon, and as much again. */
function settleWindows(
  state: WatchState,
  added: readonly Interval[],
  atMs: number,
  seen: Observations,
  rules: WatchRules,
): WatchState {
  const kept = state.settled.filter((window) => window.toMs > seen.nowMs - 2 * rules.horizonMs);
  return { ...state, settled: [...kept, ...added.map((window) => ({ ...window, atMs }))] };
}

function ran(state: WatchState, job: ReplayJob, nowMs: number): readonly Interval[] {
  if (job.state !== 'running' && job.state !== 'settling') return state.jobsRan;
  const recent = state.jobsRan.filter(({ toMs }) => toMs > nowMs - 120 * minuteMs);
  return [...recent, { fromMs: Math.floor(job.startedAtMs / minuteMs) * minuteMs, toMs: nowMs }];
}

function signsOf(job: ReplayJob, seen: Observations, rules: WatchRules): JobSigns {
  const newest = seen.minutes.filter(({ minuteMs: at }) => at >= seen.nowMs - 2 * minuteMs);
  const during = seen.refusals.filter(
    ({ minuteMs: at }) => job.state === 'settling' && at + minuteMs > job.startedAtMs && at <= job.endedAtMs,
  );
  return {
    stillComing: newest.some(({ replayed }) => replayed > 0),
    visible: seen.measured && seen.oldestMessageAgeMs < rules.queueBehindMs,
    refusals: during.reduce((sum, { count }) => sum + count, 0),
  };
}

function replayedDuring(job: ReplayJob, seen: Observations): number {
  if (job.state !== 'settling') return 0;
  const during = seen.minutes.filter(({ minuteMs: at }) => at + minuteMs > job.startedAtMs);
  return during.reduce((sum, { replayed }) => sum + replayed, 0);
}

function show({ fromMs, toMs }: Interval): string {
  const minute = (ms: number) => `${new Date(ms).toISOString().slice(0, 16)}Z`;
  return `${minute(fromMs)} to ${minute(toMs)}`;
}
