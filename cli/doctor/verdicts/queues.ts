import type { QueueDepth } from '../../../shared/aws/queue-depth.ts';
import { minuteMs } from '../../../shared/domain/gaps/interval.ts';
import { defaultWatchRules } from '../../../shared/domain/gaps/watch-rules.ts';
import { counted } from '../../output/counted.ts';
import type { CommandLine } from '../../target/command-line.ts';
import { type Finding, fail, ok, warn } from '../finding.ts';
import { lasting } from './lasting.ts';

const stuckMs = 15 * minuteMs;

/** `ageMs`: of the oldest message; `undefined` where nobody measures it. */
export function judgeQueue(
  { waiting, inFlight }: QueueDepth,
  ageMs: number | undefined,
  command: CommandLine,
): Finding {
  const age = ageMs === undefined ? 'age not measured' : `the oldest ${lasting(ageMs)} old`;
  const count = waiting + inFlight;
  const seen =
    count === 0
      ? 'nothing waits'
      : `${counted(count, 'delivery waits or is', 'deliveries wait or are')} in work, ${age}`;
  const mend = `${command('status', { ofApp: false })}, then docs/runbook.md#deliveries-delayed`;
  if (count === 0 || ageMs === undefined || ageMs < defaultWatchRules.queueBehindMs) return ok(seen);
  return ageMs < stuckMs ? warn(`${seen}: the recorder is behind`, mend) : fail(`${seen}: nobody records them`, mend);
}

export function judgeDeadLetters({ waiting, inFlight }: QueueDepth): Finding {
  const count = waiting + inFlight;
  return count === 0
    ? ok('none')
    : fail(`${counted(count, 'delivery was', 'deliveries were')} given up`, 'docs/runbook.md#dead-letters-waiting');
}
