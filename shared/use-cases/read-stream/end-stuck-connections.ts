import { liveHold, type StreamSlot } from '../../domain/stream/stream-slot.ts';
import { stuckConnections } from '../../domain/stream/stuck-connections.ts';
import type { XConnections } from '../../stream-ports.ts';
import type { TellNews } from './stream-news.ts';

/** Ends connections that X counts and that no living reader has. Returns whether there is room now. */
export async function endStuckConnections(
  connections: XConnections,
  slots: readonly StreamSlot[],
  nowMs: number,
  tell: TellNews,
): Promise<boolean> {
  const living = slots.flatMap((slot) => liveHold(slot, nowMs)?.connectedAtMs ?? []);
  const stuck = stuckConnections((await connections.list()) ?? [], living);
  if (stuck.length === 0) return false;
  const ended = await connections.end(stuck.map(({ id }) => id));
  if (ended) tell({ kind: 'stuck-ended', connections: stuck.length });
  return ended;
}
