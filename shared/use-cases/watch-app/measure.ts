import type { Gap } from '../../domain/gaps/gap.ts';
import { remaining } from '../../domain/gaps/plan-replay.ts';
import type { WatchRules } from '../../domain/gaps/watch-rules.ts';
import type { Tick } from '../../domain/gaps/watch-state.ts';
import type { WatchReport } from '../watch-app.ts';

/** What a tick of all apps amounts to. All are counts but the share. */
export interface WatchMeasures {
  /** Outages that go on or are being replayed. */
  readonly gapsUnfinished: number;
  /** How much of X's replay horizon has passed since the oldest event that is still missing: from 1 on it is lost. */
  readonly recoverabilityShare: number;
  /** Gaps that ended so in this tick. */
  readonly gapsLost: number;
  readonly gapsUnproven: number;
  /** Replay jobs that ended badly in this tick, and those that X refused. */
  readonly replayFailures: number;
  readonly jobOverdue: number;
  readonly silences: number;
  readonly subscriptionsMissing: number;
  /** Apps for which this tick could not find out everything. */
  readonly watchFailures: number;
}

/** `failed`: apps whose tick threw. */
export function measure(
  reports: readonly WatchReport[],
  { failed, nowMs, rules }: { readonly failed: number; readonly nowMs: number; readonly rules: WatchRules },
): WatchMeasures {
  const gaps = reports.flatMap(({ tick }) => tick.gaps);
  const finished = reports.flatMap((report) => report.finished);
  const count = (all: readonly Gap[], is: (gap: Gap) => boolean) => all.filter(is).length;
  const refused = reports
    .flatMap(({ asked }) => asked)
    .filter(({ what, answer }) => what === 'replay' && answer === 'refused');
  const oldestMs = Math.min(nowMs, ...reports.map(({ tick }) => oldestMissing(tick, rules)));
  return {
    gapsUnfinished: count(gaps, isOutage),
    recoverabilityShare: (nowMs - oldestMs) / rules.horizonMs,
    gapsLost: count(finished, ({ state }) => state === 'lost'),
    gapsUnproven: count(finished, ({ state }) => state === 'unproven'),
    replayFailures: refused.length + reports.filter(({ jobFailed }) => jobFailed).length,
    jobOverdue: reports.filter(({ jobOverdue }) => jobOverdue).length,
    silences: count(gaps, ({ reason }) => reason === 'silence'),
    subscriptionsMissing: count(gaps, ({ reason }) => reason === 'subscriptions'),
    watchFailures: failed + reports.filter(({ problems }) => problems.length > 0).length,
  };
}

function isOutage({ reason, state }: Gap): boolean {
  return state !== 'suspected' && reason !== 'silence' && reason !== 'subscriptions';
}

/** Of an outage that goes on, the first event; of one that is over, the first that is not replayed yet. */
function oldestMissing({ state, gaps }: Tick, rules: WatchRules): number {
  const ongoing = gaps.filter((gap) => isOutage(gap) && gap.toMs === null).map(({ fromMs }) => fromMs);
  const replayable = remaining(gaps, state.settled, rules).map(({ fromMs }) => fromMs);
  return Math.min(Number.POSITIVE_INFINITY, ...ongoing, ...replayable);
}
