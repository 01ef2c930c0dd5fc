import type { BuildAppOptions } from 'fauxqs';

type Queue = ReturnType<NonNullable<BuildAppOptions['stores']>['sqsStore']['createQueue']>;
type InFlight = Queue['inflightMessages'] extends Map<string, infer Entry> ? Entry : never;

/** Real milliseconds that a message stays with its receiver at least, however fast the local clock runs or jumps. */
const shortestHoldMs = 5000;

/** Stands for the deadline of a message whose local time is over and whose real time is not. */
const heldBack = Number.POSITIVE_INFINITY;

/**
 * Makes fauxqs keep a received message invisible for five real seconds, or for its whole timeout where that is shorter:
 * functions work in real time, and an accelerated clock would hand their messages to a second one meanwhile.
 */
export async function holdVisibility(): Promise<void> {
  // Not among the package's exports; its version is pinned.
  const internals = new URL('./sqs/sqsStore.js', import.meta.resolve('fauxqs'));
  const { SqsQueue }: { readonly SqsQueue: { readonly prototype: Queue } } = await import(internals.href);
  const { dequeue, processTimers } = SqsQueue.prototype;
  const holds = new WeakMap<InFlight, { readonly due: number; readonly untilReal: number }>();

  /** Whoever is in flight with a deadline that is not known yet, new or changed, holds from now on. */
  const note = (entry: InFlight) => {
    const known = holds.get(entry);
    if (entry.visibilityDeadline === heldBack && known !== undefined) return known;
    if (known?.due === entry.visibilityDeadline) return known;
    const timeoutMs = Math.max(0, entry.visibilityDeadline - Date.now());
    const untilReal = performance.now() + Math.min(shortestHoldMs, timeoutMs);
    const hold = { due: entry.visibilityDeadline, untilReal };
    holds.set(entry, hold);
    return hold;
  };

  SqsQueue.prototype.dequeue = function (this: Queue, ...args: Parameters<Queue['dequeue']>) {
    const received = dequeue.apply(this, args);
    for (const entry of this.inflightMessages.values()) note(entry);
    return received;
  };

  SqsQueue.prototype.processTimers = function (this: Queue) {
    for (const entry of this.inflightMessages.values()) {
      const { due, untilReal } = note(entry);
      entry.visibilityDeadline = performance.now() < untilReal && due <= Date.now() ? heldBack : due;
    }
    processTimers.call(this);
  };
}
