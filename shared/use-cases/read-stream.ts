import { chooseRole, type Role } from '../domain/stream/choose-role.ts';
import { newestCoverageMs } from '../domain/stream/reach-back.ts';
import { longestRecoveryMs } from '../domain/stream/stream-session.ts';
import type { SlotHold, SlotNote, StreamSlot } from '../domain/stream/stream-slot.ts';
import type { StreamLease } from '../stream-ports.ts';
import { keepSlot, type LeavingReason } from './read-stream/keep-slot.ts';
import { recoverBreaks } from './read-stream/recover-breaks.ts';
import { createSessionBook } from './read-stream/session-book.ts';
import { type StayConnectedDeps, stayConnected } from './read-stream/stay-connected.ts';

export interface ReadStreamDeps extends Omit<StayConnectedDeps, 'app' | 'traceId'> {
  readonly lease: StreamLease;
}

/** One invocation: for which app, what it is known by, and the real milliseconds that it may still run. */
export interface Shift {
  readonly app: string;
  readonly holder: string;
  readonly remainingMs: () => number;
}

/** `overtaken`: another tick took the slot first. */
export interface ShiftReport {
  readonly outcome: Extract<Role, { kind: 'none' }>['why'] | 'overtaken' | 'read' | 'recovered';
  readonly left?: LeavingReason;
}

/**
 * One tick for one app: finds that X's stream is well read and ends, or reads it until a successor does. It may be
 * killed at any moment: what it had not proven, the next one has X fill back. Throws when the ledger can't be read.
 */
export async function readStream(deps: ReadStreamDeps, { app, holder, remainingMs }: Shift): Promise<ShiftReport> {
  const { clock, lease, rules, tell } = deps;
  const nowMs = clock.now();
  const slots = await lease.slots(app);
  const sessions = await deps.sessions.read(app, { fromMs: nowMs - longestRecoveryMs, toMs: nowMs });
  const newestMs = newestCoverageMs(sessions);
  tell({ kind: 'looked', ...(newestMs === undefined ? {} : { behindMs: Math.max(0, nowMs - newestMs) }) });
  const role = chooseRole({ slots, sessions, nowMs, rules });
  if (role.kind === 'none') return { outcome: role.why };

  const hold: SlotHold = {
    holder,
    phase: role.kind === 'read' ? 'connecting' : 'recovering',
    renewedAtMs: nowMs,
    expiresAtMs: nowMs + rules.leaseMs,
    endsAtMs: role.kind === 'read' ? nowMs + rules.sessionMs : role.untilMs,
  };
  if (!(await lease.take(app, role.slot, hold))) return { outcome: 'overtaken' };

  const book = createSessionBook(deps.sessions);
  const shift = { ...deps, app, traceId: holder };
  const keeper = keepSlot({ ...shift, remainingMs, onRenew: book.save }, { ...role.slot, hold }, slots);
  try {
    if (role.kind === 'read') await stayConnected(shift, keeper, book, latestNote(slots));
    else await recoverBreaks(shift, keeper, role.breaks);
  } finally {
    await keeper.close();
  }
  const left = keeper.reason;
  return { outcome: role.kind === 'read' ? 'read' : 'recovered', ...(left && { left }) };
}

/** Of the two slots, what the one that was refused last says of its failures. */
function latestNote(slots: readonly StreamSlot[]): SlotNote {
  const [latest = {}] = slots.map(({ note }) => note).sort((a, b) => (b.notBeforeMs ?? 0) - (a.notBeforeMs ?? 0));
  return latest;
}
