import { type Interval, minuteMs } from '../../shared/domain/gaps/interval.ts';
import { earliestFrom } from '../../shared/domain/gaps/plan-replay.ts';
import type { ReplayRules } from '../../shared/domain/gaps/replay-rules.ts';
import { GaplessError } from '../../shared/errors.ts';
import { localTime } from '../output/local-time.ts';

/** The watcher's next ticks need a few minutes until X is asked; what has left the horizon by then would be lost. */
const headStartMs = 5 * minuteMs;

/** Throws `USAGE`, with what to give instead, for a time that X would not replay. */
export function checkBounds({ fromMs, toMs }: Interval, nowMs: number, rules: Pick<ReplayRules, 'horizonMs'>): void {
  const hours = rules.horizonMs / (60 * minuteMs);
  const earliestMs = earliestFrom(nowMs, rules) + headStartMs;
  if (toMs > nowMs) {
    throw usage(
      `--to ${localTime(toMs)} lies in the future, where nothing is missing yet; give --to now at the latest`,
    );
  }
  if (fromMs >= toMs) {
    throw usage(`--from ${localTime(fromMs)} is not before --to ${localTime(toMs)}; the earlier time goes first`);
  }
  if (toMs <= earliestMs) {
    throw usage(
      `X replays the last ${hours} hours only, and --to ${localTime(toMs)} is before them: nothing of it can come back`,
    );
  }
  if (fromMs < earliestMs) {
    throw usage(
      `X replays the last ${hours} hours only; give --from '${localTime(earliestMs)}' or later. What lies before cannot come back`,
    );
  }
}

const usage = (message: string) => new GaplessError('USAGE', message);
