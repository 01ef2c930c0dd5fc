import type { Via } from '../../domain/event.ts';
import type { AcceptedDelivery } from '../../ports.ts';
import type { StreamQueue, Timer } from '../../stream-ports.ts';

export interface OutboxDeps {
  readonly queue: StreamQueue;
  readonly timer: Timer;
  readonly random: () => number;
  readonly createId: () => string;
  readonly flushAfterMs: number;
  readonly app: string;
  readonly via: Via;
  readonly traceId: string;
  /** Of the connection: nobody waits for room any more. */
  readonly signal: AbortSignal;
  /** The first so many lines, without a gap, are on the queue. */
  readonly onSent: (lines: number) => void;
}

/** Lines on their way to the queue, ten in a batch. */
export interface Outbox {
  /** Resolves when there is room for the next line: who waits for that reads no further meanwhile. */
  add(line: Uint8Array, receivedAtMs: number): Promise<void>;
  /** Sends an incomplete batch that waited long enough. */
  flushIfDue(nowMs: number): void;
  /** The queue has refused a batch again and again. */
  readonly stalled: boolean;
  /** Resolves with whether everything is on the queue, when it is or after `withinMs` real milliseconds; then nothing more is sent. */
  close(withinMs: number): Promise<boolean>;
}

const mostInBatch = 10;
/** At 20 ms a call, 4,000 lines a second. */
const mostInFlight = 8;
const patience = 8;
const longestPauseMs = 2_000;

interface Batch {
  /** How many lines there are up to its last one. */
  readonly lines: number;
  sent: boolean;
}

export function createOutbox(deps: OutboxDeps): Outbox {
  const { queue, timer, random, createId, flushAfterMs, app, via, traceId, signal, onSent } = deps;
  const closed = new AbortController();
  const flying: Batch[] = [];
  let onRoom = () => {};
  let pending: AcceptedDelivery[] = [];
  let pendingSinceMs = 0;
  let lines = 0;
  let stalled = false;

  const send = async (deliveries: readonly AcceptedDelivery[], batch: Batch): Promise<void> => {
    let left = await queue.sendBatch(deliveries);
    for (let again = 1; left.length > 0 && !closed.signal.aborted; again += 1) {
      stalled ||= again >= patience;
      if (stalled) onRoom();
      await timer.sleep(random() * Math.min(100 * 2 ** again, longestPauseMs), closed.signal);
      if (!closed.signal.aborted) left = await queue.sendBatch(left);
    }
    batch.sent = left.length === 0;
    let done: Batch | undefined;
    while (flying[0]?.sent) done = flying.shift();
    if (done !== undefined) onSent(done.lines);
    onRoom();
  };

  const launch = () => {
    if (pending.length === 0) return;
    const batch = { lines, sent: false };
    flying.push(batch);
    void send(pending, batch);
    pending = [];
  };
  const untilChange = () =>
    new Promise<void>((resolve) => {
      onRoom = resolve;
    });
  for (const over of [signal, closed.signal]) over.addEventListener('abort', () => onRoom(), { once: true });

  return {
    async add(body, receivedAtMs) {
      if (pending.length === 0) pendingSinceMs = receivedAtMs;
      const receivedAt = new Date(receivedAtMs).toISOString();
      // An id of its own, so that a batch whose answer was lost and that is sent again brings no second delivery.
      pending.push({ app, via, receivedAt, traceId, body, deliveryId: createId() });
      lines += 1;
      if (pending.length === mostInBatch) launch();
      while (flying.length >= mostInFlight && !signal.aborted) await untilChange();
    },
    flushIfDue(nowMs) {
      if (nowMs - pendingSinceMs >= flushAfterMs && flying.length < mostInFlight) launch();
    },
    get stalled() {
      return stalled;
    },
    async close(withinMs) {
      launch();
      const late = timer.sleep(withinMs, closed.signal).then(() => closed.abort());
      while (flying.length > 0 && !stalled && !closed.signal.aborted) await untilChange();
      closed.abort();
      await late;
      return flying.length === 0;
    },
  };
}
