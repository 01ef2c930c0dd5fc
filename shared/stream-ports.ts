import type { Interval } from './domain/gaps/interval.ts';
import type { StreamSession } from './domain/stream/stream-session.ts';
import type { SlotHold, StreamSlot } from './domain/stream/stream-slot.ts';

/** What the connections to X's stream covered. Throws when the ledger can't be read or written. */
export interface StreamSessions {
  /** Every session that covers a part of the span, by when it connected. */
  read(app: string, span: Interval): Promise<readonly StreamSession[]>;
  /** Writes the session as it is now; the same `connectedAtMs` and `holder` are the same session. */
  save(session: StreamSession): Promise<void>;
}

/** The two connections that X allows an app, each held by at most one. Throws when the ledger can't be read or written. */
export interface StreamLease {
  /** Both, as they are. */
  slots(app: string): Promise<readonly StreamSlot[]>;
  /** On condition that nobody wrote the slot since it was read. `false`: somebody did. */
  take(app: string, seen: StreamSlot, hold: SlotHold): Promise<boolean>;
  /** On condition that the hold's holder still has the slot. `false`: it is another's. */
  renew(app: string, held: StreamSlot & { readonly hold: SlotHold }): Promise<boolean>;
  /** Frees the slot and leaves its note; does nothing when it is another's already. */
  release(app: string, held: StreamSlot & { readonly hold: SlotHold }): Promise<void>;
}
