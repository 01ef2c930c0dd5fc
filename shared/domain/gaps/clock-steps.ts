import type { Gap } from './gap.ts';
import { minuteMs } from './interval.ts';
import type { ReplayJob } from './replay-job.ts';
import type { Tick, WatchState } from './watch-state.ts';

/** Machines differ by less; a clock that is this far behind the last tick was set back. */
const toleranceMs = minuteMs;

/**
 * The ledger as a clock that was set back has to read it: nothing waits for a time that may be far away, and nothing
 * counts as replayed that was settled in what is now the future. A gap that a person opened on a machine whose clock is
 * ahead counts as opened now.
 */
export function withoutFuture({ state, gaps }: Tick, nowMs: number): Tick {
  const setBack = (state.watchedAtMs ?? nowMs) - nowMs > toleranceMs;
  return {
    state: setBack ? stateAt(state, nowMs) : state,
    gaps: gaps.map((gap) => (setBack || gap.openedAtMs > nowMs ? gapAt(gap, nowMs) : gap)),
  };
}

function stateAt(
  { pausedUntilMs: _later, crcFailedAtMs: _then, held: _ahead, subscriptionsAtMs: _seen, job, ...state }: WatchState,
  nowMs: number,
): WatchState {
  const isPast = (atMs: number) => atMs <= nowMs;
  return {
    ...state,
    ...(job && { job: jobAt(job, nowMs) }),
    ...(state.lastGoodAtMs !== undefined && { lastGoodAtMs: Math.min(state.lastGoodAtMs, nowMs) }),
    ...(state.provenAtMs !== undefined && { provenAtMs: Math.min(state.provenAtMs, nowMs) }),
    ...(state.knownSinceMs !== undefined && { knownSinceMs: Math.min(state.knownSinceMs, nowMs) }),
    ...(state.streamJudgedToMs !== undefined && { streamJudgedToMs: Math.min(state.streamJudgedToMs, nowMs) }),
    ...(state.measuredAtMs !== undefined && { measuredAtMs: Math.min(state.measuredAtMs, nowMs) }),
    requests: state.requests.filter(({ atMs }) => isPast(atMs)),
    jobsRan: state.jobsRan.filter(({ toMs }) => isPast(toMs)),
    settled: state.settled.filter(({ atMs }) => isPast(atMs)),
    judged: state.judged.filter(isPast),
    quiet: {},
  };
}

/** Waited for like somebody else's: it settles nothing, since what was opened before it and after can't be told apart. */
function jobAt(job: ReplayJob, nowMs: number): ReplayJob {
  return job.state === 'claimed' ? { ...job, claimedAtMs: nowMs } : { state: 'foreign', sinceMs: nowMs };
}

function gapAt(gap: Gap, nowMs: number): Gap {
  return {
    ...gap,
    openedAtMs: Math.min(gap.openedAtMs, nowMs),
    ...(gap.toMs === null && { fromMs: Math.min(gap.fromMs, nowMs) }),
    ...(gap.missedAtMs !== undefined && { missedAtMs: Math.min(gap.missedAtMs, nowMs) }),
  };
}
