import { type Gap, isWebhookOutage } from '../../domain/gaps/gap.ts';
import { remaining } from '../../domain/gaps/plan-replay.ts';
import type { WatchRules } from '../../domain/gaps/watch-rules.ts';
import type { Tick, WatchState } from '../../domain/gaps/watch-state.ts';
import type { WatchReport } from '../watch-app.ts';

/** What a tick of all apps amounts to. All are counts but the share. */
export const watchMeasures = [
  /** Outages that go on or are being replayed. */
  'gapsUnfinished',
  /** How much of X's replay horizon has passed since the oldest event that is still missing: from 1 on it is lost. */
  'recoverabilityShare',
  /** Gaps that ended so in this tick. */
  'gapsLost',
  'gapsUnproven',
  /** Replay jobs that ended badly in this tick, and those that X refused. */
  'replayFailures',
  'jobOverdue',
  'silences',
  'subscriptionsMissing',
  /** Apps for which this tick could not find out everything. */
  'watchFailures',
] as const;

export type WatchMeasures = Readonly<Record<(typeof watchMeasures)[number], number>>;

/** `failed`: apps whose tick threw. */
export function measure(
  reports: readonly WatchReport[],
  { failed, nowMs, rules }: { readonly failed: number; readonly nowMs: number; readonly rules: WatchRules },
): WatchMeasures {
  const gaps = reports.flatMap(({ tick }) => tick.gaps);
  const missing = reports.flatMap(({ tick }) => tick.gaps.filter((gap) => isOutage(gap) || isMissing(gap, tick.state)));
  const finished = reports.flatMap((report) => report.finished);
  const count = (all: readonly Gap[], is: (gap: Gap) => boolean) => all.filter(is).length;
  const refused = reports
    .flatMap(({ asked }) => asked)
    .filter(({ what, answer }) => what === 'replay' && answer === 'refused');
  const oldestMs = Math.min(nowMs, ...reports.map(({ tick }) => oldestMissing(tick, rules)));
  return {
    gapsUnfinished: missing.length,
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

function isOutage(gap: Gap): boolean {
  return gap.state !== 'suspected' && isWebhookOutage(gap);
}

/** The webhook brings what the stream misses, unless there are subscriptions that are not on it. */
function isMissing(gap: Gap, { subscribed }: WatchState): boolean {
  return gap.reason === 'stream' && subscribed?.elsewhere !== 0;
}

/** Of an outage that goes on or is the stream's, the first event; of one that is over, the first that is not replayed yet. */
function oldestMissing({ state, gaps }: Tick, rules: WatchRules): number {
  const ongoing = gaps
    .filter((gap) => (isOutage(gap) && gap.toMs === null) || isMissing(gap, state))
    .map(({ fromMs }) => fromMs);
  const replayable = remaining(gaps, state.settled, rules).map(({ fromMs }) => fromMs);
  return Math.min(Number.POSITIVE_INFINITY, ...ongoing, ...replayable);
}
