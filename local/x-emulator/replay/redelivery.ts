import type { Send } from '../delivery/sender.ts';
import type { Outstanding } from '../outstanding.ts';
import { isDelivered, type SentEvent } from '../state/sent-event.ts';
import type { SentLog } from '../state/sent-log.ts';

/** 2,500 events a second (the legacy enterprise guide; no newer figure), in slices of a tenth of a second. */
const sliceMs = 100;
const eventsPerSlice = 250;

export interface RedeliveryDeps {
  /** With connections of its own: live events go on beside a replay. */
  readonly send: Send;
  readonly sent: Pick<SentLog, 'addAttempt'>;
  readonly outstanding: Pick<Outstanding, 'sleepUntil'>;
}

export interface Redelivery {
  readonly events: readonly SentEvent[];
  readonly webhookId: string;
  readonly jobId: string;
  /** When the first of them is due; a clock that was stepped over more makes more due. */
  readonly fromMs: number;
  bodyOf(body: Uint8Array): Uint8Array;
  /** After each event. */
  count(isDelivered: boolean): void;
}

/** Sends each event once more, about in their order and without retries. A receiver that is slow slows it down. */
export async function redeliver(
  deps: RedeliveryDeps,
  { events, webhookId, jobId, fromMs, bodyOf, count }: Redelivery,
): Promise<void> {
  const { send, sent, outstanding } = deps;
  const sendOne = async ({ key, body }: SentEvent) => {
    const made = body && (await send({ webhookId, body: bodyOf(body) }));
    if (made) sent.addAttempt(key, { ...made, jobId });
    count(isDelivered(made));
  };
  for (let slice = 0; slice * eventsPerSlice < events.length; slice += 1) {
    await outstanding.sleepUntil(fromMs + slice * sliceMs);
    const first = slice * eventsPerSlice;
    await Promise.all(events.slice(first, first + eventsPerSlice).map(sendOne));
  }
}
