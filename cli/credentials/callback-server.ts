import { once } from 'node:events';
import { createServer } from 'node:http';
import { GaplessError } from '../../shared/errors.ts';

/** Where X sends the browser back to. Listens on this machine only. */
export interface CallbackServer {
  readonly url: string;
  /** The query of the first request to the address. Throws `DECLINED` when none comes in time. */
  query(timeoutMs: number): Promise<URLSearchParams>;
  close(): Promise<void>;
}

const path = '/callback';
const page = '<!doctype html><meta charset="utf-8"><title>Gapless</title><p>Done here. Go back to the terminal.</p>';

/** X refuses `localhost` as a host, so the address is by number. Throws `USAGE` when the port is taken. */
export async function startCallbackServer(port: number): Promise<CallbackServer> {
  const called = Promise.withResolvers<URLSearchParams>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const isCallback = request.method === 'GET' && url.pathname === path;
    const headers = {
      'content-type': 'text/html; charset=utf-8',
      connection: 'close',
      'referrer-policy': 'no-referrer',
    };
    response.writeHead(isCallback ? 200 : 404, headers).end(isCallback ? page : '');
    if (isCallback) called.resolve(url.searchParams);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening').catch((cause: unknown) => {
    throw new GaplessError(
      'USAGE',
      `port ${port} is taken; give another with --port, and add its address to the app’s callbacks`,
      { cause },
    );
  });
  const address = server.address();
  const taken = address !== null && typeof address === 'object' ? address.port : port;

  return {
    url: `http://127.0.0.1:${taken}${path}`,
    async query(timeoutMs) {
      const timer = setTimeout(() => {
        called.reject(
          new GaplessError('DECLINED', 'Nobody allowed the app in time; nothing was stored. Run it again.'),
        );
      }, timeoutMs);
      return called.promise.finally(() => clearTimeout(timer));
    },
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
