import type { ServerResponse } from 'node:http';
import type { LocalClock } from '../../clock.ts';
import type { Reply } from '../http/answers.ts';
import type { Random } from '../random.ts';
import type { SentLog } from '../state/sent-log.ts';
import { tooManyConnections } from './disconnects.ts';
import { createStreamArchive } from './stream-archive.ts';
import { createStreamConnections, type StreamConnections } from './stream-connections.ts';
import { parseStreamRequest, type StreamRequest } from './stream-request.ts';
import { createStreamTroubles, type StreamTroubles } from './stream-troubles.ts';

export interface ActivityStream {
  readonly connections: StreamConnections;
  readonly troubles: StreamTroubles;
  /** Writes an event of the sent log, by its key, to whoever reads, and keeps it for who comes later. */
  publish(key: string): void;
  /** Answers a request for the stream. */
  connect(query: URLSearchParams): Reply;
}

interface StreamDeps {
  readonly clock: LocalClock;
  readonly sent: SentLog;
  readonly random: Random;
  readonly signal: AbortSignal;
  readonly report: (error: unknown) => void;
}

/** The stream of X activity: every XAA event, live and, for 24 hours, again. */
export function createActivityStream({ clock, sent, random, signal, report }: StreamDeps): ActivityStream {
  const archive = createStreamArchive(clock, sent);
  const connections = createStreamConnections({ clock, archive, random, signal, report });
  const troubled = createStreamTroubles(connections);

  const passageOf = (request: StreamRequest) => {
    if (request.kind === 'past') return { from: archive.placeAt(request.fromMs), to: archive.placeAt(request.toMs) };
    const { backfillMs } = request;
    return { from: backfillMs === 0 ? archive.length : archive.placeAt(clock.now() - backfillMs) };
  };

  return {
    connections,
    troubles: troubled.troubles,
    publish(key) {
      sent.stream(key, clock.now());
      archive.append(key);
      connections.endSlow(troubled.queuedLines);
    },
    connect(query) {
      const request = parseStreamRequest(query, clock.now());
      if ('refusal' in request) return request.refusal;
      const wantsPast = request.kind === 'past' || request.backfillMs > 0;
      const refusal = troubled.refusal(wantsPast);
      if (refusal) return refusal;
      const open = connections.admit();
      if (open === undefined) {
        troubled.countTooMany();
        return tooManyConnections;
      }
      return {
        status: 200,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        stream: (outgoing: ServerResponse) => open(outgoing, { ...passageOf(request), isSilent: troubled.isSilent }),
      };
    },
  };
}
