import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../../http-body.ts';
import { type LoopbackServer, listenOnLoopback } from '../../loopback-server.ts';
import { type Answer, noSuchRoute, type Reply, type StreamedAnswer } from './answers.ts';
import { callerOf, type KnownTokens } from './caller.ts';
import type { Route } from './route.ts';

interface ApiOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly tokens: KnownTokens;
  /** Answers instead of the route; `undefined` lets the request through. */
  gate(path: string): Answer | undefined;
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function answerTo(
  incoming: IncomingMessage,
  routes: readonly Route[],
  { tokens, gate }: ApiOptions,
): Promise<Reply> {
  const url = new URL(incoming.url ?? '/', 'http://localhost');
  const text = (await readBody(incoming)).toString();
  const gated = gate(url.pathname);
  if (gated) return gated;
  for (const { method, pattern, answer } of routes) {
    const match = method === incoming.method ? pattern.exec({ pathname: url.pathname }) : null;
    if (match === null) continue;
    const { authorization, host } = incoming.headers;
    return answer({
      caller: callerOf(authorization, tokens),
      authorization,
      host,
      query: url.searchParams,
      text,
      body: parseBody(text),
      param: (name) => match.pathname.groups[name] ?? '',
    });
  }
  return noSuchRoute;
}

function write(outgoing: ServerResponse, answer: Answer | StreamedAnswer): void {
  if ('stream' in answer) {
    outgoing.writeHead(answer.status, answer.headers).flushHeaders();
    answer.stream(outgoing);
    return;
  }
  const { status, body, contentType, headers } = answer;
  outgoing.writeHead(status, { 'content-type': `${contentType}; charset=utf-8`, ...headers });
  outgoing.end(contentType.endsWith('json') ? JSON.stringify(body) : String(body));
}

/** Serves X's API on 127.0.0.1. An unexpected error is reported and answered with 500. */
export function serveApi(
  options: ApiOptions,
  routes: readonly Route[],
  report: (error: unknown) => void,
): Promise<LoopbackServer> {
  return listenOnLoopback(
    (incoming, outgoing) => {
      answerTo(incoming, routes, options).then(
        (reply) => {
          if (reply === 'cut') incoming.socket.destroy();
          else if (reply !== 'hang') write(outgoing, reply);
        },
        (error: unknown) => {
          // Otherwise the client went away in the middle of its request.
          if (incoming.complete) report(error);
          outgoing.writeHead(500).end();
        },
      );
    },
    options.port,
    '--x-port',
  );
}
