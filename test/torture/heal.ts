import { setTimeout as pause } from 'node:timers/promises';
import { type Gap, isUnfinished } from '../../shared/domain/gaps/gap.ts';
import { type Interval, minuteMs } from '../../shared/domain/gaps/interval.ts';
import type { StreamSlot } from '../../shared/domain/stream/stream-slot.ts';
import { floodPosts } from '../support/stranger.ts';
import type { Stage } from './stage.ts';

/** Visibility timeouts of six minutes pass in as many seconds. */
const drainSpeed = 60;
/** X replays nothing younger than half an hour; what the storm left has to be older. */
const soakMinutes = 45;
/** Events a second of the local clock: enough to show that the way is open again. */
const soakRate = 0.05;
/** A reader of the stream renews its lease, of a minute at least, before it is over. */
const streamStepMs = minuteMs / 2;
/** For what is under way when the time is over, so that the account can at least be made. */
const lastChanceMs = 15_000;
/** Quiet, some traffic, quiet: its account has to be exact to the last delivery. */
const calm = { before: 3, during: 10, after: 3, rate: 0.3 };

export interface Healed {
  /** The queue was emptied and every gap was ended in time, by itself. */
  readonly inTime: boolean;
  readonly gaps: readonly Gap[];
  readonly calm: Interval;
}

/** Lets the stack get over the storm by itself: first the queue, then, minute by minute of its clock, the gaps. */
export async function heal(stage: Stage, withinMs: number, stop: AbortSignal): Promise<Healed> {
  const { stack, x, readers, say } = stage;
  const { clock } = stack;
  const within = AbortSignal.any([AbortSignal.timeout(withinMs), stop]);
  const startedAtMs = clock.now();
  const gaps = async () =>
    (await readers.ledger.list('default')).filter(({ reason }) => reason !== 'silence' && reason !== 'subscriptions');
  const minutes = async (count: number) => {
    const stepMs = stage.lease === undefined ? minuteMs : streamStepMs;
    for (let left = count * minuteMs; left > 0; left -= stepMs) {
      await clock.advance(stepMs);
      await settle(stage, within);
    }
  };

  let isIdle = false;
  try {
    say('HEAL  the queue');
    x.startTraffic({ rate: soakRate });
    await clock.setSpeed(drainSpeed);
    await stack.settled(within);
    await clock.setSpeed(0);

    say('HEAL  the gaps');
    await minutes(soakMinutes);
    x.stopTraffic();
    void x.idle().then(() => {
      isIdle = true;
    });
    do await minutes(5);
    while (!isIdle || (await gaps()).some(isUnfinished));

    say('HEAL  a calm time');
    // Those of the storm may all have met closed doors, and the brand gets no other visit: its permissions are for this.
    await floodPosts({ url: `${stack.webhookUrl}/brand`, count: 5 });
    await minutes(calm.before);
    const fromMs = Math.floor(clock.now() / minuteMs) * minuteMs - minuteMs;
    x.startTraffic({ rate: calm.rate });
    await minutes(calm.during);
    x.stopTraffic();
    await minutes(calm.after);
    return { inTime: true, gaps: await gaps(), calm: { fromMs, toMs: clock.now() } };
  } catch (error) {
    if (!within.aborted) throw error;
    say('HEAL  not in time');
    x.stopTraffic();
    if (!stop.aborted) await stack.settled(AbortSignal.timeout(lastChanceMs)).catch(() => say('HEAL  not even quiet'));
    return { inTime: false, gaps: await gaps(), calm: { fromMs: startedAtMs, toMs: startedAtMs } };
  }
}

/** Waits until X has done what is due and nothing of it is under way. */
async function settle({ stack, x, lease }: Stage, signal: AbortSignal): Promise<void> {
  const late = pause(2 ** 30, undefined, { signal, ref: false });
  await Promise.race([x.caughtUp(), late]);
  late.catch(() => {});
  await stack.settled(signal);
  const nowMs = stack.clock.now();
  // Readers look at their clocks a few times a second.
  while (lease !== undefined && !(await lease.slots('default')).every((slot) => hasNoticed(slot, nowMs))) {
    await pause(20, undefined, { signal });
  }
}

/** Nobody has the slot, or who has it renewed it lately, or never will. */
function hasNoticed({ hold }: StreamSlot, nowMs: number): boolean {
  return hold === undefined || hold.expiresAtMs <= nowMs || nowMs - hold.renewedAtMs < streamStepMs;
}
