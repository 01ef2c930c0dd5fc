import { type Answer, apiFailure } from '../http/answers.ts';
import type { DisconnectType } from './disconnects.ts';
import type { ConnectionCounts, ConnectionRecord, StreamConnections } from './stream-connections.ts';

/** What can be done to the stream by hand, and what came of it. Without a `uuid`: all connections that are open now. */
export interface StreamTroubles {
  counts(): StreamCounts;
  /** Active and former ones, oldest first. */
  connections(): readonly ConnectionRecord[];
  /** Says why in the stream and ends it. Default `UpstreamOperationalDisconnect`. */
  disconnect(options?: { readonly uuid?: string | undefined; readonly type?: DisconnectType | undefined }): void;
  /** Ends it without a word, as a broken network does. */
  cut(uuid?: string): void;
  /** Not a byte more, no keep-alive either. With `also: 'new'` the same for connections that are made from now on. */
  silence(options?: { readonly uuid?: string | undefined; readonly also?: 'new' | undefined }): void;
  /** Ends every silence: each connection goes on where it stopped. */
  speak(): void;
  /** Answers the next `times` (default 1) requests for the stream with `status` (default 503). */
  refuse(options?: { readonly status?: number | undefined; readonly times?: number | undefined }): void;
  /** Answers requests for the past (`backfill_minutes`, `start_time`) with this status, as X would where they are not part of the plan. */
  refusePast(status: number | undefined): void;
  /** How many lines X keeps for a reader who is slow before it ends the connection. Default 100,000. */
  queueLines(count: number): void;
  /** Connections whose reader goes away stay counted for so long of the clock, or until they are ended through /2/connections. */
  holdAbandoned(ms: number): void;
}

export interface StreamCounts extends ConnectionCounts {
  /** Requests that were one connection too many. */
  readonly tooMany: number;
  /** Requests that were refused by hand. */
  readonly refused: number;
}

/** What the troubles mean for a request for the stream. */
export interface TroubledStream {
  readonly troubles: StreamTroubles;
  readonly isSilent: boolean;
  readonly queuedLines: number;
  /** Why this request is refused; `undefined` lets it through. */
  refusal(wantsPast: boolean): Answer | undefined;
  countTooMany(): void;
}

export function createStreamTroubles(connections: StreamConnections): TroubledStream {
  let refusals: { readonly status: number; readonly left: number } = { status: 503, left: 0 };
  let pastStatus: number | undefined;
  let isSilent = false;
  let queuedLines = 100_000;
  const counts = { tooMany: 0, refused: 0 };

  const active = (uuid: string | undefined) =>
    connections
      .list()
      .filter((record) => record.disconnectedAtMs === undefined && (uuid === undefined || record.uuid === uuid))
      .map((record) => record.uuid);

  return {
    get isSilent() {
      return isSilent;
    },
    get queuedLines() {
      return queuedLines;
    },
    refusal(wantsPast) {
      const status = refusals.left > 0 ? refusals.status : wantsPast ? pastStatus : undefined;
      if (status === undefined) return undefined;
      refusals = { ...refusals, left: Math.max(0, refusals.left - 1) };
      counts.refused += 1;
      return apiFailure(status);
    },
    countTooMany() {
      counts.tooMany += 1;
    },
    troubles: {
      counts: () => ({ ...connections.counts(), ...counts }),
      connections: () => connections.list(),
      disconnect({ uuid, type = 'UpstreamOperationalDisconnect' } = {}) {
        for (const one of active(uuid)) connections.end(one, type);
      },
      cut(uuid) {
        for (const one of active(uuid)) connections.cut(one);
      },
      silence({ uuid, also } = {}) {
        isSilent ||= also === 'new';
        for (const one of active(uuid)) connections.setSilent(one, true);
      },
      speak() {
        isSilent = false;
        for (const one of active(undefined)) connections.setSilent(one, false);
      },
      refuse({ status = 503, times = 1 } = {}) {
        refusals = { status, left: times };
      },
      refusePast(status) {
        pastStatus = status;
      },
      queueLines(count) {
        queuedLines = count;
      },
      holdAbandoned: (ms) => connections.holdAbandoned(ms),
    },
  };
}
