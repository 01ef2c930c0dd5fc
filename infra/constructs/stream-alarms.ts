import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Alarms } from './alarms.ts';
import type { StreamReader } from './stream-reader.ts';

/** What a person has to know of X's stream. */
export function addStreamAlarms(alarms: Alarms, reader: StreamReader): void {
  alarms.add('StreamBehind', {
    metric: reader.metric('behind', Stats.MAXIMUM),
    atLeast: 5 * 60,
    everyMinutes: 5,
    times: 2,
    missingIsBad: true,
    impact:
      'Nothing of X’s stream has reached the queue for longer than X fills back; accounts without a webhook miss events.',
  });
  alarms.add('StreamBroken', {
    metric: reader.metric('breaks', Stats.SUM),
    atLeast: 1,
    everyMinutes: 5,
    impact: 'X did not fill back a break of its stream; what came in it is missing until it is recovered or replayed.',
  });
  alarms.add('StreamUnsteady', {
    metric: reader.metric('disconnects', Stats.SUM),
    atLeast: 30,
    everyMinutes: 60,
    impact: 'X’s stream breaks off again and again; every time X fills back what was missed, until it does not.',
  });
}
