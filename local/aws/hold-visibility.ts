import type { BuildAppOptions } from 'fauxqs';

type Queue = ReturnType<NonNullable<BuildAppOptions['stores']>['sqsStore']['createQueue']>;
type InFlight = Queue['inflightMessages'] extends Map<string, infer Entry> ? Entry : never;

/** Real milliseconds that a message stays with its receiver at least, however fast the local clock runs or jumps. */
const shortestHoldMs = 5000;

/**
 * Makes fauxqs keep a received message invisible for five real seconds, or for its whole timeout where that is shorter:
 * functions work in real time, and an accelerated clock would hand their messages to a second one meanwhile.
 */
export async function holdVisibility(): Promise<void> {
  // Not among the package's exports; its version is pinned.
  const internals = new URL('./sqs/sqsStore.js', import.meta.resolve('fauxqs'));
  const { SqsQueue }: { readonly SqsQueue: { readonly prototype: Queue } } = await import(internals.href);
  const { processTimers } = SqsQueue.prototype;
  const held = new WeakMap<InFlight, { readonly untilReal: number; deadline: number }>();

  SqsQueue.prototype.processTimers = function (this: Queue) {
    const now = Date.now();
    for (const entry of this.inflightMessages.values()) {
      let hold = held.get(entry);
      if (hold === undefined || hold.deadline !== entry.visibilityDeadline) {
        const timeoutMs = Math.max(0, entry.visibilityDeadline - now);
        hold = {
          untilReal: performance.now() + Math.min(shortestHoldMs, timeoutMs),
          deadline: entry.visibilityDeadline,
        };
        held.set(entry, hold);
      }
      if (entry.visibilityDeadline <= now && performance.now() < hold.untilReal) {
        entry.visibilityDeadline = now + 1;
        hold.deadline = entry.visibilityDeadline;
      }
    }
    processTimers.call(this);
  };
}
