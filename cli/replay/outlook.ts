import { isOngoing } from '../../shared/domain/gaps/detect-heartbeat.ts';
import { isReplayable } from '../../shared/domain/gaps/gap.ts';
import { type Interval, minuteMs } from '../../shared/domain/gaps/interval.ts';
import { wanted } from '../../shared/domain/gaps/plan-replay.ts';
import type { ReplayRules } from '../../shared/domain/gaps/replay-rules.ts';
import { localTime } from '../output/local-time.ts';
import { plainText } from '../output/plain-text.ts';
import type { Draft, ManualGap } from './manual-gap.ts';

/** The watcher runs every minute; after so long without a tick it is not late, it is away. */
const watcherAwayMs = 5 * minuteMs;

/** What will happen and when, for people, before anything is done. */
export function outlook({ gap, tick }: Draft, nowMs: number, rules: ReplayRules): readonly string[] {
  const windows = windowsOf(gap, rules);
  const others = tick.gaps.filter(isReplayable).length;
  return [
    `A gap by hand of app ${gap.app}: ${localTime(gap.fromMs)} to ${localTime(gap.toMs)}`,
    `The watcher asks X to replay it, with a margin of ${rules.marginMs / minuteMs} minutes, ${jobs(windows.length)}:`,
    ...windows.map(
      (window) => `  ${localTime(window.fromMs)} to ${localTime(window.toMs)}  ${when(window, nowMs, rules)}`,
    ),
    ...(others === 0
      ? []
      : [`Gaps of this webhook that are unfinished already: ${others}. They are replayed together, oldest first.`]),
    'X sends every event of the webhook in that time again, for everybody who is subscribed on it, and may bill for them.',
    'What is stored already is recognised and changes nothing.',
  ];
}

/** What keeps the watcher from it for now. */
export function obstacles({ tick: { state, gaps } }: Draft, nowMs: number): readonly string[] {
  const ongoing = gaps.find((gap) => isOngoing(gap));
  return [
    ...watcherObstacle(state.watchedAtMs, nowMs),
    ...(state.webhookId === undefined
      ? ['X is not known to have a webhook of this app: nothing is replayed until it has one.']
      : []),
    ...(ongoing
      ? [`An outage goes on or is suspected (${plainText(ongoing.gapId)}): X is asked once that is over.`]
      : []),
  ];
}

function watcherObstacle(watchedAtMs: number | undefined, nowMs: number): readonly string[] {
  if (watchedAtMs === undefined)
    return ['The watcher has not looked at this app yet: nothing is replayed until it does.'];
  if (nowMs - watchedAtMs < watcherAwayMs) return [];
  return [`The watcher last looked at this app at ${localTime(watchedAtMs)}: nothing is replayed until it runs again.`];
}

/** As the planner cuts them when all goes well and nothing else is to be replayed. */
function windowsOf(gap: ManualGap, rules: ReplayRules): readonly Interval[] {
  const { fromMs, toMs } = wanted(gap, rules);
  const count = Math.ceil((toMs - fromMs) / rules.longestWindowMs);
  return Array.from({ length: count }, (_, index) => {
    const startMs = fromMs + index * rules.longestWindowMs;
    return { fromMs: startMs, toMs: Math.min(startMs + rules.longestWindowMs, toMs) };
  });
}

function jobs(count: number): string {
  return count === 1 ? 'in one job' : `in ${count} jobs, each when the one before has ended`;
}

function when({ fromMs, toMs }: Interval, nowMs: number, rules: ReplayRules): string {
  const [fromAge, toAge] = [rules.fromEmbargoMs, rules.toEmbargoMs];
  const askableMs = Math.max(fromMs + fromAge, toMs + toAge);
  if (askableMs <= nowMs) return 'at one of its next ticks';
  const ages = `X wants the start to be ${fromAge / minuteMs} minutes old and the end ${toAge / minuteMs}`;
  return `not before ${localTime(askableMs)}: ${ages}`;
}
