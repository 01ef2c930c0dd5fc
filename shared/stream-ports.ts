import type { Interval } from './domain/gaps/interval.ts';
import type { StreamSession } from './domain/stream/stream-session.ts';
import type { SlotHold, StreamSlot } from './domain/stream/stream-slot.ts';
import type { XConnection } from './domain/stream/stuck-connections.ts';
import type { AcceptedDelivery } from './ports.ts';

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

/** What X is asked for: what happens from now on and the minutes before, or what happened in a span of the past. */
export type StreamRequest =
  | { readonly kind: 'live'; readonly backfillMinutes: number }
  | { readonly kind: 'recovery'; readonly span: Interval };

/** Bytes of the stream. `caughtUp`: there were none to read before these came. */
export interface StreamChunk {
  readonly bytes: Uint8Array;
  readonly caughtUp: boolean;
}

export type StreamOpening =
  /** The chunks end when X ends the connection, and throw when it breaks or the signal aborts. */
  | { readonly kind: 'open'; readonly chunks: AsyncIterable<StreamChunk> }
  /** `name`: of X's problem. `retryAtMs`: when X's rate limit opens again. */
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly name: string;
      readonly detail: string;
      readonly retryAtMs?: number;
    }
  | { readonly kind: 'unreachable'; readonly why: string };

/** X's activity stream as one app reads it. Never rejects. The signal ends the connection at once, then and later. */
export interface XStream {
  open(request: StreamRequest, signal: AbortSignal): Promise<StreamOpening>;
}

/** The app's connections as X counts them. Never rejects; `undefined`, `false`: X did not say, or did not do it. */
export interface XConnections {
  list(): Promise<readonly XConnection[] | undefined>;
  end(ids: readonly string[]): Promise<boolean>;
}

/** The deliveries queue, ten at a time. Never rejects: the deliveries that the queue did not take come back. */
export interface StreamQueue {
  sendBatch(deliveries: readonly AcceptedDelivery[]): Promise<readonly AcceptedDelivery[]>;
}

/** Real time, which passes at its own pace whatever the clock says. */
export interface Timer {
  /** Resolves after so many real milliseconds, or as soon as the signal aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
