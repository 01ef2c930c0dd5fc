import http from 'node:http';
import https from 'node:https';

export interface OutgoingRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export type Exchange =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  | { readonly kind: 'failed'; readonly failure: 'timeout' | 'tls' | 'connection' };

/** Sends exactly the given headers (so no User-Agent, as X) and follows no redirect. Never rejects. */
export interface Exchanger {
  exchange(request: OutgoingRequest): Promise<Exchange>;
  close(): void;
}

/**
 * `startLimit` is called at each request; the signal that it returns ends the time for the answer, to its last byte.
 * `signal` ends what is under way.
 */
export function createExchanger(startLimit: () => AbortSignal, signal: AbortSignal): Exchanger {
  const agents = {
    plain: new http.Agent({ keepAlive: true }),
    tls: new https.Agent({ keepAlive: true }),
  };

  const once = (request: OutgoingRequest): Promise<Exchange | 'stale connection'> => {
    const limit = startLimit();
    return new Promise((resolve) => {
      const options = {
        method: request.method,
        headers: request.headers,
        signal: AbortSignal.any([limit, signal]),
      };
      const outgoing = request.url.startsWith('https:')
        ? https.request(request.url, { ...options, agent: agents.tls })
        : http.request(request.url, { ...options, agent: agents.plain });
      const fail = (error: NodeJS.ErrnoException) =>
        resolve({ kind: 'failed', failure: limit.aborted ? 'timeout' : failureOf(error) });
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        if (outgoing.reusedSocket && /ECONNRESET|EPIPE/.test(error.code ?? '')) resolve('stale connection');
        else fail(error);
      });
      outgoing.on('response', (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', fail);
        answer.on('end', () => {
          resolve({ kind: 'answered', status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString() });
        });
      });
      outgoing.end(request.body);
    });
  };

  return {
    async exchange(request) {
      // A kept connection that the receiver has just closed says nothing about the receiver: take a fresh one.
      for (;;) {
        const outcome = await once(request);
        if (outcome !== 'stale connection') return outcome;
      }
    },
    close() {
      agents.plain.destroy();
      agents.tls.destroy();
    },
  };
}

function failureOf(error: NodeJS.ErrnoException): 'tls' | 'connection' {
  return /CERT|SSL|TLS|EPROTO|UNABLE_TO/.test(error.code ?? '') ? 'tls' : 'connection';
}
