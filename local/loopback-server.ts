import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { GaplessError } from '../shared/errors.ts';

export interface LoopbackServer {
  readonly url: string;
  /** Ends open connections too. Safe to call again. */
  close(): Promise<void>;
}

type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

/**
 * An HTTP server that only this machine can reach. `port` 0 takes a free one.
 * A listener that rejects since its client went away in the middle of the request is done with it.
 * Throws `LOCAL_START_FAILED` when the port is taken; `flag` names the option that moves it.
 */
export async function listenOnLoopback(listener: Listener, port = 0, flag?: string): Promise<LoopbackServer> {
  // Idle connections stay open: one that the server closes while the client sends again would look like an outage.
  const server = createServer({ keepAliveTimeout: 0 }, async (request, response) => {
    try {
      await listener(request, response);
    } catch (error) {
      response.destroy();
      if (request.complete) throw error;
    }
  });
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (cause) {
    const next = flag === undefined ? '' : `, or choose another with ${flag}`;
    throw new GaplessError(
      'LOCAL_START_FAILED',
      `Port ${port} on 127.0.0.1 cannot be used (${cause instanceof Error ? cause.message : cause}). Is another local stack running? Stop it${next}.`,
      { cause },
    );
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('A TCP server has a port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
