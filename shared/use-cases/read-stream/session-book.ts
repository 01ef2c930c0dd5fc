import type { Proof } from '../../domain/stream/proof.ts';
import type { StreamSession } from '../../domain/stream/stream-session.ts';
import type { StreamSessions } from '../../stream-ports.ts';

/** What a reader knows of its newest connection. */
export interface SessionBook {
  /** As it is proven now; `undefined`: there was no connection. */
  readonly current: StreamSession | undefined;
  open(session: StreamSession, proof: Proof): void;
  /** Writes what is proven, if that is more than was written. */
  save(): Promise<void>;
}

export function createSessionBook(sessions: Pick<StreamSessions, 'save'>): SessionBook {
  let opened: { readonly session: StreamSession; readonly proof: Proof } | undefined;
  let savedToMs: number | undefined;
  const current = () => opened && { ...opened.session, toMs: opened.proof.toMs ?? opened.session.toMs };
  return {
    get current() {
      return current();
    },
    open(session, proof) {
      opened = { session, proof };
      savedToMs = session.toMs;
    },
    async save() {
      const session = current();
      if (session === undefined || session.toMs === savedToMs) return;
      await sessions.save(session);
      savedToMs = session.toMs;
    },
  };
}
