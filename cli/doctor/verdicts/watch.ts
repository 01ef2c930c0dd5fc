import { minuteMs } from '../../../shared/domain/gaps/interval.ts';
import { defaultWatchRules } from '../../../shared/domain/gaps/watch-rules.ts';
import type { WatchState } from '../../../shared/domain/gaps/watch-state.ts';
import { type Finding, fail, ok, warn } from '../finding.ts';
import { lasting } from './lasting.ts';

/** It runs every minute. */
const lateMs = 3 * minuteMs;
const awayMs = 5 * minuteMs;

export function judgeWatcher({ watchedAtMs }: WatchState, nowMs: number): Finding {
  const mend = 'docs/runbook.md#watch-fails';
  // Nothing tells a stack that has just begun from one whose watcher never ran; the alarm for missing data does.
  if (watchedAtMs === undefined)
    return warn('it has not looked at this app yet, and should every minute: look again in two', mend);
  const age = nowMs - watchedAtMs;
  const seen = `looked ${lasting(age)} ago`;
  if (age <= lateMs) return ok(seen);
  return age <= awayMs ? warn(`${seen}, and should every minute`, mend) : fail(`${seen}: it does not run`, mend);
}

const { quietMs, decideAfterMs, longestUnprovenMs } = defaultWatchRules;
/** Quiet, then asked, and then looked at by a tick or two. */
const freshMs = quietMs + decideAfterMs;

/** The newest proof that the way from X to the table works, as the watcher knows it. */
export function judgeHeartbeat({ lastGoodAtMs, knownSinceMs }: WatchState, nowMs: number): Finding {
  const mend = 'docs/runbook.md#events-missing';
  if (lastGoodAtMs === undefined) {
    const isNew = knownSinceMs === undefined || nowMs - knownSinceMs <= longestUnprovenMs;
    return isNew
      ? warn('none yet; X is asked for one when nothing came for five minutes')
      : fail(`none since X has the webhook, ${lasting(nowMs - knownSinceMs)} ago`, mend);
  }
  const age = nowMs - lastGoodAtMs;
  const seen = `the newest is ${lasting(age)} old`;
  if (age <= freshMs) return ok(seen);
  return age <= longestUnprovenMs ? warn(seen, mend) : fail(seen, mend);
}
