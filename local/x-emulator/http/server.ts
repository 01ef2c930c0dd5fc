import http from 'node:http';
import { buffer } from 'node:stream/consumers';
import { type Answer, noSuchRoute } from './answers.ts';
import { callerOf } from './caller.ts';
import type { Route } from './route.ts';

export interface ApiServer {
  readonly url: string;
  close(): Promise<void>;
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function answerTo(
  incoming: http.IncomingMessage,
  routes: readonly Route[],
  bearerToken: string,
): Promise<Answer> {
  const url = new URL(incoming.url ?? '/', 'http://localhost');
  const text = (await buffer(incoming)).toString();
  for (const { method, pattern, answer } of routes) {
    const match = method === incoming.method ? pattern.exec({ pathname: url.pathname }) : null;
    if (match === null) continue;
    return answer({
      caller: callerOf(incoming.headers.authorization, bearerToken),
      query: url.searchParams,
      body: parseBody(text),
      param: (name) => match.pathname.groups[name] ?? '',
    });
  }
  return noSuchRoute;
}

/** Serves X's API on 127.0.0.1. `port` 0 takes a free one. An unexpected error is reported and answered with 500. */
export async function serveApi(
  options: { readonly port: number; readonly bearerToken: string },
  routes: readonly Route[],
  report: (error: unknown) => void,
): Promise<ApiServer> {
  const server = http.createServer((incoming, outgoing) => {
    answerTo(incoming, routes, options.bearerToken).then(
      ({ status, body, contentType }) => {
        outgoing.writeHead(status, { 'content-type': `${contentType}; charset=utf-8` });
        outgoing.end(JSON.stringify(body));
      },
      (error: unknown) => {
        report(error);
        outgoing.writeHead(500).end();
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
