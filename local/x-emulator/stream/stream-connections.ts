import type { ServerResponse } from 'node:http';
import type { LocalClock } from '../../clock.ts';
import { type Random, randomUuid } from '../random.ts';
import { type DisconnectType, disconnectLine } from './disconnects.ts';
import type { StreamArchive } from './stream-archive.ts';
import { createStreamConnection, type Passage, type StreamConnection } from './stream-connection.ts';

/** X's words are not known: these are the names of its disconnects, and two for what is none. */
export type DisconnectReason = DisconnectType | 'ClientDisconnect' | 'EndOfPassage';

/** A connection to the stream, as X's history of connections shows it. */
export interface ConnectionRecord {
  /** Counts up from 1. */
  readonly id: string;
  readonly uuid: string;
  readonly clientIp: string;
  readonly connectedAtMs: number;
  readonly disconnectedAtMs?: number;
  readonly reason?: DisconnectReason;
}

export interface ConnectionCounts {
  readonly now: number;
  /** The most that were ever there at once. */
  readonly most: number;
  readonly made: number;
  /** Lines that were written, on all connections together. */
  readonly lines: number;
}

export interface StreamConnections {
  /** Takes a place for a connection; `undefined` when X allows no more of them. */
  admit(): ((outgoing: ServerResponse, passage: Passage) => void) | undefined;
  /** Active and former ones, oldest first. */
  list(): readonly ConnectionRecord[];
  counts(): ConnectionCounts;
  /** Tells the reader why, if the connection still takes it, and ends it. False: there is no such active connection. */
  end(uuid: string, type: DisconnectType): boolean;
  /** Ends it without a word, as a broken network does. */
  cut(uuid: string): boolean;
  setSilent(uuid: string, silent: boolean): void;
  /** Those that have more lines waiting than X's queue holds are ended; X's message about it seldom arrives. */
  endSlow(queuedLines: number): void;
  /** Connections whose reader goes away stay counted for so long of the clock, or until they are ended. 0: not at all. */
  holdAbandoned(ms: number): void;
}

interface ConnectionsDeps {
  readonly clock: LocalClock;
  readonly archive: StreamArchive;
  readonly random: Random;
  readonly signal: AbortSignal;
  readonly report: (error: unknown) => void;
}

/** X allows two at once (docs.x.com rate limits). */
const limit = 2;

export function createStreamConnections({
  clock,
  archive,
  random,
  signal,
  report,
}: ConnectionsDeps): StreamConnections {
  const records = new Map<string, ConnectionRecord>();
  const active = new Map<string, StreamConnection>();
  let opening = 0;
  let most = 0;
  let endedLines = 0;
  let holdMs = 0;

  const remove = (uuid: string, reason: DisconnectReason) => {
    const [connection, record] = [active.get(uuid), records.get(uuid)];
    if (connection === undefined || record === undefined) return false;
    active.delete(uuid);
    endedLines += connection.lines;
    records.set(uuid, { ...record, disconnectedAtMs: clock.now(), reason });
    return true;
  };
  const abandon = (uuid: string) => {
    if (holdMs === 0) return remove(uuid, 'ClientDisconnect');
    return clock.sleepUntil(clock.now() + holdMs, { signal }).then(
      () => remove(uuid, 'ClientDisconnect'),
      () => {},
    );
  };
  const close = (uuid: string, reason: DisconnectReason, how: (connection: StreamConnection) => void) => {
    const connection = active.get(uuid);
    if (connection) how(connection);
    return remove(uuid, reason);
  };

  const open = (outgoing: ServerResponse, passage: Passage) => {
    opening -= 1;
    const uuid = randomUuid(random);
    const clientIp = outgoing.socket?.remoteAddress ?? '-';
    records.set(uuid, { id: String(records.size + 1), uuid, clientIp, connectedAtMs: clock.now() });
    const onEnd = (reason: 'end of passage' | 'reader' | 'here') => {
      if (reason === 'reader') void abandon(uuid);
      else if (reason === 'end of passage') remove(uuid, 'EndOfPassage');
    };
    active.set(uuid, createStreamConnection(outgoing, passage, { clock, archive, onEnd, report }));
    most = Math.max(most, active.size);
  };

  return {
    admit() {
      if (active.size + opening >= limit) return undefined;
      opening += 1;
      return open;
    },
    list: () => [...records.values()],
    counts: () => ({
      now: active.size,
      most,
      made: records.size,
      lines: active.values().reduce((sum, { lines }) => sum + lines, endedLines),
    }),
    end: (uuid, type) => close(uuid, type, (connection) => connection.end(disconnectLine(type))),
    cut: (uuid) => close(uuid, 'UpstreamUncleanDisconnect', (connection) => connection.cut()),
    setSilent: (uuid, silent) => active.get(uuid)?.setSilent(silent),
    endSlow(queuedLines) {
      for (const [uuid, { behind }] of active) {
        if (behind > queuedLines) close(uuid, 'SlowReader', (connection) => connection.cut());
      }
    },
    holdAbandoned(ms) {
      holdMs = ms;
    },
  };
}
