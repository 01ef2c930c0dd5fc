import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { LocalClock } from '../clock.ts';
import type { FunctionRunner } from '../lambda/function-runner.ts';
import { maxPayloadBytes } from '../lambda/invocation.ts';
import { listenOnLoopback } from '../loopback-server.ts';
import type { RouteSpec } from '../template/trigger-resources.ts';
import { gatewayAnswer, type HttpAnswer, send, toHttpAnswer } from './http-answer.ts';
import { toHttpEvent } from './http-event.ts';
import { matchRoute } from './http-routes.ts';

export interface HttpApi {
  /** `http://127.0.0.1:8787`. */
  readonly url: string;
  /** From now on requests go to the functions; before, everything is answered with 503. */
  serve(routes: readonly RouteSpec[], runners: ReadonlyMap<string, FunctionRunner>): void;
  close(): Promise<void>;
}

/** API Gateway's limit of a request's body (docs: quotas of HTTP APIs). */
const maxBodyBytes = 10 * 1024 * 1024;

const tooLarge = gatewayAnswer(413, 'Request Entity Too Large');
const failed = gatewayAnswer(500, 'Internal Server Error');
const unavailable = gatewayAnswer(503, 'Service Unavailable');

/** API Gateway's HTTP API in front of the functions. It takes its port at once, so that a taken one is known early. */
export async function startHttpApi(port: number, clock: LocalClock): Promise<HttpApi> {
  let routes: readonly RouteSpec[] | undefined;
  let runners: ReadonlyMap<string, FunctionRunner> = new Map();

  const answer = async (request: IncomingMessage): Promise<HttpAnswer> => {
    const receivedAt = clock.now();
    const body = await readUpTo(maxBodyBytes, request);
    if (body === undefined) return tooLarge;
    if (routes === undefined) return unavailable;
    const { method = 'GET', url: target = '/', rawHeaders } = request;
    const match = matchRoute(routes, method, target.split('?')[0] ?? '/');
    const runner = runners.get(match?.route.functionName ?? '');
    if (match === undefined || runner === undefined) return gatewayAnswer(404, 'Not Found');
    const sourceIp = request.socket.remoteAddress ?? '127.0.0.1';
    const event = toHttpEvent(
      { method, target, rawHeaders, body, sourceIp, requestId: randomUUID(), receivedAt },
      { routeKey: match.route.routeKey, apiId: match.route.apiId, pathParameters: match.pathParameters },
    );
    const payload = JSON.stringify(event);
    if (Buffer.byteLength(payload) > maxPayloadBytes) return tooLarge;
    return invoke(runner, payload, match.route.timeoutMs);
  };

  const server = await listenOnLoopback(
    (request, response) => {
      answer(request).then(
        (answered) => send(response, answered),
        () => send(response, failed),
      );
    },
    port,
    '--port',
  );
  return {
    url: server.url,
    close: server.close,
    serve(newRoutes, newRunners) {
      routes = newRoutes;
      runners = newRunners;
    },
  };
}

async function invoke(runner: FunctionRunner, payload: string, timeoutMs: number): Promise<HttpAnswer> {
  const { promise: late, resolve } = Promise.withResolvers<'late'>();
  const timer = setTimeout(resolve, timeoutMs, 'late');
  const result = await Promise.race([runner.invoke(payload), late]);
  clearTimeout(timer);
  if (result === 'late' || result.kind === 'throttled') return unavailable;
  if (result.kind === 'function-error') return failed;
  return toHttpAnswer(result.payload) ?? failed;
}

/** `undefined`: it is longer. The rest is read and dropped, so that the client gets to read its answer. */
async function readUpTo(bytes: number, request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length <= bytes) chunks.push(chunk);
  }
  return length <= bytes ? Buffer.concat(chunks) : undefined;
}
