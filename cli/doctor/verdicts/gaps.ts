import { type Gap, isReplayable, isUnfinished } from '../../../shared/domain/gaps/gap.ts';
import { counted } from '../../output/counted.ts';
import { localTime } from '../../output/local-time.ts';
import { plainText } from '../../output/plain-text.ts';
import type { CommandLine } from '../../target/command-line.ts';
import { type Finding, fail, ok, skipped, warn } from '../finding.ts';

/** What was lost longer ago is history. */
const recentMs = 7 * 86_400_000;
/** Of X's horizon: from here on the alarm rings, too. */
const nearlyLostShare = 0.75;

/** Newest first, as the book lists them. */
export function judgeGaps(
  gaps: readonly Gap[],
  { nowMs, horizonMs, command }: { readonly nowMs: number; readonly horizonMs: number; readonly command: CommandLine },
): Finding {
  const unfinished = gaps.filter(isUnfinished);
  const atRisk = unfinished.find((gap) => isReplayable(gap) && nowMs - gap.fromMs >= nearlyLostShare * horizonMs);
  const show = ({ gapId }: Gap) => command(`gaps show ${plainText(gapId)}`, { ofApp: false });
  if (atRisk) return fail(`one since ${localTime(atRisk.fromMs)} falls off X's horizon soon`, show(atRisk));
  const [newest] = unfinished;
  if (newest)
    return warn(`${unfinished.length} unfinished, the newest since ${localTime(newest.fromMs)}`, show(newest));
  const recent = gaps.filter(
    ({ state, fromMs }) => (state === 'lost' || state === 'unproven') && nowMs - fromMs < recentMs,
  );
  if (recent[0])
    return warn(`none unfinished; ${recent.length} of the last seven days lost or unproven`, show(recent[0]));
  return ok(gaps.length === 0 ? 'none so far' : `none unfinished, ${gaps.length} in all`);
}

/** X tells whether the app may replay only by starting a job, and that redelivers everybody's events: nobody asks for a check's sake. */
export function judgeReplay(gaps: readonly Gap[], command: CommandLine): Finding {
  const [done] = gaps.filter(({ replayed, recovered }) => replayed + recovered > 0);
  if (done) return ok(`X has replayed before, for the gap since ${localTime(done.fromMs)}`);
  const [asked] = gaps.filter(({ attempts }) => attempts > 0);
  if (asked)
    return warn(
      `X was asked ${counted(asked.attempts, 'time')} for the gap since ${localTime(asked.fromMs)} and nothing came`,
      command(`gaps show ${plainText(asked.gapId)}`, { ofApp: false }),
    );
  return skipped('unknown: no replay was ever asked for, and X tells only by starting one');
}
