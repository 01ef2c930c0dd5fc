import { close, countRecovered, lose } from './close-gap.ts';
import { isOngoing } from './detect-heartbeat.ts';
import { type Gap, isReplayable, tell } from './gap.ts';
import { type Interval, intersect, minuteMs, overlap, show } from './interval.ts';
import { replayedDuring, signsOf } from './job-signs.ts';
import { earliestFrom, planReplay, remaining, wanted } from './plan-replay.ts';
import { addTrouble, nextStep, type ReplayJob } from './replay-job.ts';
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
      if (job.state !== 'claimed' || seen.validationHeld) return { ...tick, effects: [] };
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

function startNext(tick: Advanced, seen: Observations, rules: WatchRules): Advanced {
  const { state, gaps } = tick;
  const { nowMs } = seen;
  const usable = seen.webhook.kind === 'found' && seen.webhook.valid && !gaps.some(isOngoing);
  // Before a replay X checks the webhook, too.
  if (!usable || seen.validationHeld || nowMs < (state.pausedUntilMs ?? 0)) return writeOffFallen(tick, seen, rules);
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
