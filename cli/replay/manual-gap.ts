import { expectedPerMinute } from '../../shared/domain/gaps/detect-heartbeat.ts';
import { type Gap, newGap } from '../../shared/domain/gaps/gap.ts';
import { type Interval, minuteMs } from '../../shared/domain/gaps/interval.ts';
import type { Tick } from '../../shared/domain/gaps/watch-state.ts';
import { GaplessError } from '../../shared/errors.ts';
import type { GapBook, WatchLedger } from '../../shared/watch-ports.ts';

export type ManualGap = Gap & { readonly toMs: number };

export interface Draft {
  readonly gap: ManualGap;
  /** What the watcher of the app remembers, and its unfinished gaps. */
  readonly tick: Tick;
}

/** The gap as it would be opened. It expects as much as a detector's: what the hour before it brought. */
export async function draftGap(ledger: WatchLedger, app: string, bounds: Interval, nowMs: number): Promise<Draft> {
  const hourBefore = { fromMs: bounds.fromMs - 60 * minuteMs, toMs: bounds.fromMs };
  const [tick, minutes] = await Promise.all([ledger.load(app), ledger.minutes(app, hourBefore)]);
  const { toMs } = bounds;
  const gap = newGap(
    { nowMs, app, webhookId: tick.state.webhookId },
    {
      reason: 'manual',
      state: 'open',
      ...bounds,
      expectedPerMinute: expectedPerMinute({ minutes }, bounds.fromMs),
      line: 'a person asked for a replay',
    },
  );
  return { gap: { ...gap, toMs }, tick };
}

/** A person may ask for the same time again, but not while it is being replayed. */
const mostOfOneStart = 100;

/** Opens it under its own id, or where an earlier one has that, under the next free. Throws `USAGE` while that is unfinished. */
export async function openGap(ledger: GapBook, draft: Gap, unfinished: readonly Gap[]): Promise<Gap> {
  const same = unfinished.find(
    ({ reason, fromMs, toMs }) => reason === 'manual' && fromMs === draft.fromMs && toMs === draft.toMs,
  );
  if (same) {
    throw new GaplessError(
      'USAGE',
      `this time is being replayed already; gapless gaps show ${same.gapId} tells how far it is`,
    );
  }
  for (let count = 1; count <= mostOfOneStart; count += 1) {
    const gap = count === 1 ? draft : { ...draft, gapId: `${draft.gapId}-${count}` };
    if ((await ledger.open(gap)) === 'opened') return gap;
  }
  throw new GaplessError(
    'USAGE',
    `${mostOfOneStart} gaps have begun at this time; something repeats this command. Give another --from if it shall go on`,
  );
}
