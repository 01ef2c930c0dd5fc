import { liveHold, type SlotHold, type StreamSlot } from '../../domain/stream/stream-slot.ts';
import type { SlotKeeper } from './keep-slot.ts';
import type { SessionBook } from './session-book.ts';

/** How long a reader without a successor stays on: bridging the time to the next tick costs less than a break. */
const patienceMs = 60_000;

/** Ends the reader's life when its successor has been connected for long enough and nothing lies between them. */
export function leaveInTime(keeper: SlotKeeper, book: SessionBook, nowMs: number, overlapMs: number): void {
  const { hold } = keeper;
  if (nowMs >= hold.endsAtMs + patienceMs) keeper.leave('ended');
  const successorAtMs = successorConnectedAtMs(keeper.slots, hold, nowMs);
  if (successorAtMs === undefined || nowMs < successorAtMs + overlapMs) return;
  const coveredToMs = book.current?.toMs ?? 0;
  const isDone = hold.phase !== 'connected' || coveredToMs >= successorAtMs || nowMs >= hold.endsAtMs;
  if (isDone) keeper.leave('handed-over');
}

/** When X began to stream to the reader that ends later than this one. */
function successorConnectedAtMs(slots: readonly StreamSlot[], mine: SlotHold, nowMs: number): number | undefined {
  const others = slots.map((slot) => liveHold(slot, nowMs)).filter((hold) => hold !== undefined);
  return others.find(({ phase, endsAtMs }) => phase === 'connected' && endsAtMs > mine.endsAtMs)?.connectedAtMs;
}
