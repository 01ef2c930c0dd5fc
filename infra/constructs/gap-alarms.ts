import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Alarms } from './alarms.ts';
import type { GapWatch } from './gap-watch.ts';

/** What a person has to know of gaps: that there is one, and what the watcher can't do about it alone. */
export function addGapAlarms(alarms: Alarms, watch: GapWatch): void {
  alarms.add('EventsMissing', {
    metric: watch.metric('gapsUnfinished', Stats.MAXIMUM),
    atLeast: 1,
    everyMinutes: 5,
    times: 3,
    impact:
      'X’s events do not arrive, or are being replayed after they did not; what is missing is not in the table yet.',
  });
  alarms.add('EventsNearlyLost', {
    metric: watch.metric('recoverabilityShare', Stats.MAXIMUM),
    atLeast: 0.75,
    everyMinutes: 5,
    impact:
      'Missing events are older than three quarters of X’s replay horizon; when it has passed they are gone for good.',
  });
  alarms.add('EventsLost', {
    metric: watch.metric('gapsLost', Stats.SUM),
    atLeast: 1,
    everyMinutes: 5,
    impact: 'A gap, or a part of one, will not come back: X no longer replays it, or failed to six times in a row.',
  });
  alarms.add('ReplayUnproven', {
    metric: watch.metric('gapsUnproven', Stats.SUM),
    atLeast: 1,
    everyMinutes: 5,
    impact: 'X says that it replayed a gap, yet nothing came; the events may be missing for good.',
  });
  alarms.add('ReplaysFail', {
    metric: watch.metric('replayFailures', Stats.SUM),
    atLeast: 3,
    everyMinutes: 60,
    impact: 'X refuses replay jobs or ends them incomplete again and again; after six times in a row a gap is lost.',
  });
  alarms.add('ReplayOverdue', {
    metric: watch.metric('jobOverdue', Stats.MAXIMUM),
    atLeast: 1,
    everyMinutes: 5,
    impact:
      'X has not said within half an hour that a replay job ended; its window is asked for again, which costs time.',
  });
  alarms.add('ProductSilent', {
    metric: watch.metric('silences', Stats.MAXIMUM),
    atLeast: 1,
    everyMinutes: 5,
    impact: 'One of X’s products has been quiet for twice its longest quiet so far; its subscriptions may have ended.',
  });
  alarms.add('SubscriptionsMissing', {
    metric: watch.metric('subscriptionsMissing', Stats.MAXIMUM),
    atLeast: 1,
    everyMinutes: 5,
    impact: 'Accounts that should be subscribed are not; X neither delivers nor ever replays what they do meanwhile.',
  });
  alarms.add('WatchFails', {
    metric: watch.metric('watchFailures', Stats.MINIMUM),
    atLeast: 1,
    everyMinutes: 5,
    times: 3,
    missingIsBad: true,
    impact: 'Nobody looks for gaps, or the watcher can’t ask X or read the metrics; an outage now would stay unseen.',
  });
}
