import { minuteMs } from '../../../shared/domain/gaps/interval.ts';
import { counted } from '../../output/counted.ts';
import type { AppStream } from '../../status/stream-status.ts';
import { type Finding, fail, ok, warn } from '../finding.ts';
import { lasting } from './lasting.ts';

/** A break that X fills back; what lasts longer is missing until somebody recovers it. */
const filledBackMs = 5 * minuteMs;

export function judgeStream({ coveredUpTo, breaksToday }: AppStream, nowMs: number): Finding {
  const mend = 'docs/runbook.md#stream-behind';
  if (coveredUpTo === null) return fail('nothing of it has reached the queue today', mend);
  const age = nowMs - Date.parse(coveredUpTo);
  const seen = `in the queue up to ${lasting(age)} ago`;
  if (age > filledBackMs) return fail(seen, mend);
  if (breaksToday > 0)
    return warn(`${seen}, after ${counted(breaksToday, 'break')} today`, 'docs/runbook.md#stream-broken');
  return ok(seen);
}
