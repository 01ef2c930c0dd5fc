import type { ServerResponse } from 'node:http';
import { listenOnLoopback } from '../../../../local/loopback-server.ts';

/** One request for the stream as X sees it. */
export interface StreamCall {
  readonly query: URLSearchParams;
  readonly atMs: number;
  readonly response: ServerResponse;
  /** Resolves when the reader is gone. */
  readonly gone: Promise<void>;
}

export interface StreamingX {
  readonly url: string;
  readonly calls: readonly StreamCall[];
  close(): Promise<void>;
}

/** X's stream over HTTP, which answers each request as the test says; what is not said stays open. */
export async function startStreamingX(
  now: () => number,
  answers: readonly ((response: ServerResponse) => void)[],
): Promise<StreamingX> {
  const calls: StreamCall[] = [];
  const server = await listenOnLoopback((request, response) => {
    const { searchParams: query } = new URL(request.url ?? '', 'http://x');
    const gone = new Promise<void>((resolve) => {
      response.once('close', () => resolve());
    });
    const answer = answers[calls.length] ?? stream();
    calls.push({ query, atMs: now(), response, gone });
    answer(response);
  });
  return { url: server.url, calls, close: server.close };
}

/** 200 and these parts, each in a chunk of its own; then nothing more. */
export function stream(...parts: readonly (string | Uint8Array)[]) {
  return (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    for (const part of parts) response.write(part);
  };
}

export function refuse(status: number, body: unknown = {}, headers: Readonly<Record<string, string>> = {}) {
  return (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}
