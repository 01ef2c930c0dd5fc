import { minuteMs } from './interval.ts';
import type { JobSigns, ReplayJob } from './replay-job.ts';
import type { WatchRules } from './watch-rules.ts';
import type { Observations } from './watch-state.ts';

export function signsOf(job: ReplayJob, seen: Observations, rules: WatchRules): JobSigns {
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

/** Deliveries that the job brought, by receipt. */
export function replayedDuring(job: ReplayJob, seen: Observations): number {
  if (job.state !== 'settling') return 0;
  const during = seen.minutes.filter(({ minuteMs: at }) => at + minuteMs > job.startedAtMs);
  return during.reduce((sum, { replayed }) => sum + replayed, 0);
}
