import { setTimeout as pause } from 'node:timers/promises';
import { type Gap, isUnfinished } from '../../shared/domain/gaps/gap.ts';
import { minuteMs } from '../../shared/domain/gaps/interval.ts';
import type { Stage } from './stage.ts';

/** Fast, and no visibility timeout is too short for a working machine. */
const drainSpeed = 60;
const drainWithinMs = 60_000;
const healWithinMs = 100_000;
/** X may replay nothing younger than this; what the storm left has to be older. */
const soakMinutes = 45;
/** Events a second of the local clock: enough to show that the way is open again. */
const soakRate = 0.05;
/** Quiet, some traffic, quiet: its account has to be exact to the last delivery. */
const calmMinutes = { before: 3, during: 10, after: 3 };
const stepWithinMs = 30_000;

export interface Healed {
  /** Those that ended unhealed, or did not end. */
  readonly unhealed: readonly Gap[];
  readonly gaps: readonly Gap[];
  readonly calm: { readonly fromMs: number; readonly toMs: number };
}

/** Lets the stack get over the storm by itself: first the queue, then, minute by minute of its clock, the gaps. */
export async function heal(stage: Stage, progress: (line: string) => void): Promise<Healed> {
  const { stack, x, readers, say } = stage;
  const { clock } = stack;
  say('HEAL  the queue');
  x.startTraffic({ rate: soakRate });
  await clock.setSpeed(drainSpeed);
  await stack.settled(AbortSignal.timeout(drainWithinMs));
  await clock.setSpeed(0);

  const replayable = async () =>
    (await readers.ledger.list('default')).filter(({ reason }) => reason !== 'silence' && reason !== 'subscriptions');
  const minutes = async (count: number) => {
    for (let left = count; left > 0; left -= 1) {
      await clock.advance(minuteMs);
      await settle(stage);
    }
  };
  say('HEAL  the gaps');
  const within = AbortSignal.timeout(healWithinMs);
  await minutes(soakMinutes);
  x.stopTraffic();
  let isIdle = false;
  void x.idle().then(() => {
    isIdle = true;
  });
  for (;;) {
    await minutes(5);
    const unfinished = (await replayable()).filter(isUnfinished);
    progress(`${unfinished.length} gaps unfinished at ${new Date(clock.now()).toISOString()}`);
    if ((unfinished.length === 0 && isIdle) || within.aborted) break;
  }

  say('HEAL  a calm time');
  await minutes(calmMinutes.before);
  const fromMs = Math.floor(clock.now() / minuteMs) * minuteMs;
  x.startTraffic({ rate: 0.3 });
  await minutes(calmMinutes.during);
  x.stopTraffic();
  await minutes(calmMinutes.after);
  const gaps = await replayable();
  const unhealed = gaps.filter(({ state }) => state !== 'healed');
  return { unhealed, gaps, calm: { fromMs: fromMs - minuteMs, toMs: clock.now() } };
}

/** Waits until X has done what is due and nothing of it is under way. */
async function settle({ stack, x }: Stage): Promise<void> {
  const within = AbortSignal.timeout(stepWithinMs);
  await Promise.race([x.caughtUp(), pause(stepWithinMs, undefined, { signal: within, ref: false }).catch(() => {})]);
  await stack.settled(within);
}
