import type { IncomingMessage } from 'node:http';
import { readBody } from '../../http-body.ts';
import { type LoopbackServer, listenOnLoopback } from '../../loopback-server.ts';
import { type Answer, noSuchRoute } from './answers.ts';
import { callerOf } from './caller.ts';
import type { Route } from './route.ts';

interface ApiOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly bearerToken: string;
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function answerTo(incoming: IncomingMessage, routes: readonly Route[], bearerToken: string): Promise<Answer> {
  const url = new URL(incoming.url ?? '/', 'http://localhost');
  const text = (await readBody(incoming)).toString();
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

/** Serves X's API on 127.0.0.1. An unexpected error is reported and answered with 500. */
export function serveApi(
  { port, bearerToken }: ApiOptions,
  routes: readonly Route[],
  report: (error: unknown) => void,
): Promise<LoopbackServer> {
  return listenOnLoopback(
    (incoming, outgoing) => {
      answerTo(incoming, routes, bearerToken).then(
        ({ status, body, contentType }) => {
          outgoing.writeHead(status, { 'content-type': `${contentType}; charset=utf-8` });
          outgoing.end(JSON.stringify(body));
        },
        (error: unknown) => {
          report(error);
          outgoing.writeHead(500).end();
        },
      );
    },
    port,
    '--x-port',
  );
}
