import { request as forward, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { readBody } from './http-body.ts';
import { listenOnLoopback } from './loopback-server.ts';

export interface FaultRule {
  /** End of the `X-Amz-Target` (`SendMessage`, `DynamoDB_20120810.PutItem`), or for S3 the HTTP method. Default: every call. */
  readonly target?: string;
  /** Only calls whose body contains this text. */
  readonly bodyIncludes?: string;
  /** Only the first so many calls that match. Default: until removed. */
  readonly times?: number;
  /** Share of the matching calls, 0 to 1, drawn with `random`. Default: all. */
  readonly probability?: number;
  readonly random?: () => number;
  readonly respond: FaultAnswer;
}

export type FaultAnswer =
  | { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> }
  /** The connection breaks; the call does not reach AWS. */
  | 'drop'
  /** AWS takes the call, and the connection breaks before its answer. */
  | 'drop-answer'
  /** The call waits until the promise settles, then goes on. */
  | { readonly holdUntil: Promise<unknown> };

/** A call and what came of it. */
export interface ProxiedCall {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Of the service, whether or not the caller got to hear it. `undefined`: the connection to it broke. */
  readonly status: number | undefined;
  /** The caller was not there any more, or its connection was cut. */
  readonly unheard: boolean;
}

export interface FaultProxy {
  readonly url: string;
  /** Rules are tried in the order in which they were added; the first that matches answers. Returns how to remove it. */
  add(rule: FaultRule): () => void;
  /** Calls seen so far by the end of their target, faults included. */
  count(target: string): number;
  close(): Promise<void>;
}

/** Stands before an emulator and makes AWS fail as told. Without rules it passes everything on unchanged. */
export async function startFaultProxy(
  targetUrl: string,
  onCall?: ((call: ProxiedCall) => void) | undefined,
): Promise<FaultProxy> {
  const rules = new Map<FaultRule, { left: number }>();
  const seen: string[] = [];

  const ruleFor = (target: string, body: Buffer): FaultRule | undefined => {
    for (const [rule, state] of rules) {
      const { target: end = '', bodyIncludes = '', probability = 1, random = Math.random } = rule;
      if (state.left > 0 && target.endsWith(end) && body.includes(bodyIncludes) && random() < probability) {
        state.left -= 1;
        return rule;
      }
    }
    return undefined;
  };

  const server = await listenOnLoopback(async (request, response) => {
    const body = await readBody(request);
    const target = String(request.headers['x-amz-target'] ?? request.method);
    seen.push(target);
    const answer = ruleFor(target, body)?.respond;
    if (answer === 'drop') {
      request.socket.destroy();
      return;
    }
    if (typeof answer === 'object' && 'status' in answer) {
      response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0', ...answer.headers });
      response.end(answer.body ?? '');
      return;
    }
    if (answer !== undefined && answer !== 'drop-answer') await answer.holdUntil;
    pass({ targetUrl, request, body, response, mute: answer === 'drop-answer', onCall });
  });

  return {
    url: server.url,
    close: server.close,
    count: (target) => seen.filter((name) => name.endsWith(target)).length,
    add(rule) {
      rules.set(rule, { left: rule.times ?? Number.POSITIVE_INFINITY });
      return () => {
        rules.delete(rule);
      };
    },
  };
}

interface Passed {
  readonly targetUrl: string;
  readonly request: IncomingMessage;
  readonly body: Buffer;
  readonly response: ServerResponse;
  /** The answer does not reach the caller. */
  readonly mute: boolean;
  readonly onCall: ((call: ProxiedCall) => void) | undefined;
}

function pass({ targetUrl, request, body, response, mute, onCall }: Passed): void {
  const { method = 'GET', url = '/', headers } = request;
  const tell = (status: number | undefined) =>
    onCall?.({ method, url, headers, body, status, unheard: mute || response.destroyed });
  const onward = forward(new URL(url, targetUrl), { method, headers }, (answer) => {
    tell(answer.statusCode);
    if (mute) {
      answer.resume();
      answer.on('end', () => request.socket.destroy());
      return;
    }
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', (error: NodeJS.ErrnoException) => {
    // Nobody was there, so nothing was done.
    if (error.code !== 'ECONNREFUSED') tell(undefined);
    request.socket.destroy();
  });
  // Whoever is told wants to know what came of a call whose caller died.
  if (onCall === undefined) response.on('close', () => response.writableEnded || onward.destroy());
  onward.end(body);
}
