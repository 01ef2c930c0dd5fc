import { nextTry } from '../../domain/stream/next-try.ts';
import type { Proof } from '../../domain/stream/proof.ts';
import { backfillMinutes, newestCoverageMs } from '../../domain/stream/reach-back.ts';
import { tooManyConnections } from '../../domain/stream/stream-line.ts';
import { liveHold, type SlotNote } from '../../domain/stream/stream-slot.ts';
import type { StreamSessions, XConnections } from '../../stream-ports.ts';
import { calm, type Ended, failingOf, noteOf, outcomeOf, tellEnd } from './after-connection.ts';
import { endStuckConnections } from './end-stuck-connections.ts';
import type { SlotKeeper } from './keep-slot.ts';
import { leaveInTime } from './leave-in-time.ts';
import { type ConnectionDeps, readConnection } from './read-connection.ts';
import type { SessionBook } from './session-book.ts';
import { lookOften, waitUntil } from './wait.ts';

export interface StayConnectedDeps extends Omit<ConnectionDeps, 'onOpen'> {
  readonly sessions: StreamSessions;
  readonly connections: XConnections;
}

/** Long enough to find the newest coverage whenever X can still do something about what came after it. */
const lookBackMs = 24 * 3_600_000;

/** Keeps a connection open until the reader's life ends: each that ends is followed by the next, as X's rules want it. */
export async function stayConnected(
  deps: StayConnectedDeps,
  keeper: SlotKeeper,
  book: SessionBook,
  note: SlotNote,
): Promise<void> {
  const { clock, app, sessions, tell, rules } = deps;
  const watching = lookOften(deps.timer, keeper.life, () => leaveInTime(keeper, book, clock.now(), rules.overlapMs));
  let failing = failingOf(note);
  let fillsBack = true;
  let endedStuck = false;

  const write = (saving: Promise<void>) =>
    saving.catch((error: unknown) => tell({ kind: 'trouble', what: 'the coverage was not written', error }));

  /** Resolves when it is over, and what it proved is written. */
  const connectOnce = async () => {
    const askedAtMs = clock.now();
    const newest = newestCoverageMs(await sessions.read(app, { fromMs: askedAtMs - lookBackMs, toMs: askedAtMs }));
    const overlaps = isOverlapped(keeper, askedAtMs, rules.renewEveryMs);
    const minutes = overlaps || !fillsBack ? 0 : backfillMinutes(newest, askedAtMs);
    let openedAtMs: number | undefined;
    const onOpen = async (connectedAtMs: number, proof: Proof) => {
      openedAtMs = connectedAtMs;
      const fromMs = connectedAtMs - minutes * 60_000;
      const session = { app, kind: 'live', holder: keeper.hold.holder, connectedAtMs, fromMs, toMs: fromMs } as const;
      book.open(session, proof);
      keeper.change({ phase: 'connected', connectedAtMs }, calm);
      tell({ kind: 'connected', backfillMinutes: minutes });
      if (!overlaps && newest !== undefined && newest < fromMs) {
        tell({ kind: 'break', span: { fromMs: newest, toMs: fromMs } });
      }
      // The very first connection: without this a successor of a reader that died early would not know where to begin.
      if (newest === undefined)
        await write(sessions.save({ ...session, fromMs: connectedAtMs - 1, toMs: connectedAtMs }));
    };
    const end = await readConnection({ ...deps, onOpen }, { kind: 'live', backfillMinutes: minutes }, keeper.life);
    await write(book.save());
    return { end, minutes, livedMs: openedAtMs === undefined ? 0 : clock.now() - openedAtMs };
  };

  /** Whether something can be done that makes the next connection succeed at once. */
  const mend = async (end: Ended, name: string, minutes: number): Promise<boolean> => {
    if (end.kind === 'refused' && minutes > 0 && (end.status === 400 || end.status === 403)) {
      fillsBack = false;
      return true;
    }
    // Once only: when X still counts too many, its back-off holds.
    const tries = name === tooManyConnections && !endedStuck;
    endedStuck = tries && (await endStuckConnections(deps.connections, keeper.slots, clock.now(), tell));
    return endedStuck;
  };

  while (!keeper.life.aborted) {
    const { end, minutes, livedMs } = await connectOnce();
    if (end.kind === 'left' || keeper.life.aborted) break;
    const nowMs = clock.now();
    const name = tellEnd(end, livedMs, tell);
    keeper.change({ phase: 'connecting' }, (before) => ({
      ...before,
      lastDisconnect: name,
      lastDisconnectAtMs: nowMs,
    }));
    if (await mend(end, name, minutes)) continue;
    const next = nextTry(outcomeOf(end, livedMs), failing, nowMs);
    failing = next.failing;
    if (next.atMs <= nowMs) continue;
    tell({ kind: 'waiting', untilMs: next.atMs, failures: failing?.count ?? 0 });
    keeper.change({ phase: 'connecting' }, (before) => ({ ...calm(before), ...noteOf(next.atMs, failing) }));
    // Nobody waits for what does not fit into his life: the next tick finds the time in the slot.
    if (next.atMs >= keeper.hold.endsAtMs) keeper.leave('ended');
    await waitUntil(deps, next.atMs, keeper.life);
  }
  keeper.leave('ended');
  await watching;
}

/** Another reader is connected, and stays until what lies between it and this one is covered. */
function isOverlapped({ slots, hold }: SlotKeeper, nowMs: number, renewEveryMs: number): boolean {
  return slots.some((slot) => {
    const other = liveHold(slot, nowMs);
    if (other === undefined || other.holder === hold.holder || other.phase !== 'connected') return false;
    // One that has not renewed when it should have may have been killed.
    return nowMs - other.renewedAtMs <= 1.5 * renewEveryMs;
  });
}
