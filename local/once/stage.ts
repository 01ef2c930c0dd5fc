import { setTimeout as pause } from 'node:timers/promises';
import type { Gap } from '../../shared/domain/gaps/gap.ts';
import { minuteMs } from '../../shared/domain/gaps/interval.ts';
import { GaplessError } from '../../shared/errors.ts';
import type { AdjustableClock } from '../clock/adjustable-clock.ts';
import type { LocalStack } from '../stack.ts';
import type { StackReaders } from '../stack-readers.ts';
import type { XEmulator } from '../x-emulator/index.ts';
import { type Comparison, compareSent } from './compare.ts';

/** What the story is played with, and what can be seen of it. */
export interface Stage {
  readonly clock: AdjustableClock;
  readonly x: XEmulator;
  /** Of the local clock. Rejects when the story is broken off. */
  minutes(count: number): Promise<void>;
  /** The first gap of the ledger for which this holds. Throws `LOCAL_STORY_FAILED` when none comes within so many local minutes. */
  gap(holds: (gap: Gap) => boolean, what: string, withinMinutes: number): Promise<Gap>;
  /** X's record held against the table as both are now. */
  compare(): Promise<Comparison>;
  /** Deliveries of events that were stored already. */
  recognised(sinceMs: number): Promise<number>;
  /** Resolves when X has nothing left to send and everything is recorded. */
  quiet(): Promise<void>;
}

const lookAgainMs = 200;
const quietWithinMs = 60_000;

export function createStage(
  { clock, settled }: Pick<LocalStack, 'clock' | 'settled'>,
  x: XEmulator,
  { reader, ledger }: StackReaders,
  signal: AbortSignal,
): Stage {
  return {
    clock,
    x,
    minutes: (count) => clock.sleepUntil(clock.now() + count * minuteMs, { signal }),
    async gap(holds, what, withinMinutes) {
      for (const untilMs = clock.now() + withinMinutes * minuteMs; clock.now() < untilMs; ) {
        const found = (await ledger.list('default')).find(holds);
        if (found !== undefined) return found;
        await pause(lookAgainMs, undefined, { signal });
      }
      throw new GaplessError(
        'LOCAL_STORY_FAILED',
        `The story stops: within ${withinMinutes} minutes of its clock ${what}. On a machine that is very busy, try again with --speed 15.`,
      );
    },
    async compare() {
      return compareSent(x.sent.events.values(), await Array.fromAsync(reader.events.between()));
    },
    async recognised(sinceMs) {
      const minutes = await ledger.minutes('default', { fromMs: sinceMs, toMs: clock.now() + minuteMs });
      return minutes.reduce((sum, { duplicates }) => sum + duplicates, 0);
    },
    async quiet() {
      await x.idle();
      await settled(AbortSignal.any([signal, AbortSignal.timeout(quietWithinMs)]));
    },
  };
}
