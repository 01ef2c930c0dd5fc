import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { LocalClock } from '../clock.ts';
import type { FunctionRunner } from '../lambda/function-runner.ts';
import { maxPayloadBytes } from '../lambda/invocation.ts';
import { listenOnLoopback } from '../loopback-server.ts';
import type { RouteSpec } from '../template/trigger-resources.ts';
import type { Answered, Unanswered } from './access-log.ts';
import { frontDoors } from './front-door.ts';
import { gatewayAnswer, type HttpAnswer, send, toHttpAnswer } from './http-answer.ts';
import { type HttpRequest, toHttpEvent } from './http-event.ts';
import { matchRoute } from './http-routes.ts';

export interface HttpApi {
  /** `http://127.0.0.1:8787`. */
  readonly url: string;
  /** From now on requests go to the functions; before, everything is answered with 503. */
  serve(
    routes: readonly RouteSpec[],
    runners: ReadonlyMap<string, FunctionRunner>,
    onAnswered?: (answered: Answered) => void,
  ): void;
  close(): Promise<void>;
}

const notReady = gatewayAnswer(503, 'Service Unavailable');

/** With what the access log says, and Lambda counts, where the function gave no answer of its own. */
interface Outcome {
  readonly answer: HttpAnswer;
  readonly integrationError?: string;
  readonly unanswered?: Unanswered;
}

/**
 * API Gateway's HTTP API, or a function URL, in front of the functions. It takes its port at once, so that a taken one is
 * known early.
 */
export async function startHttpApi(port: number, clock: LocalClock): Promise<HttpApi> {
  let routes: readonly RouteSpec[] | undefined;
  let runners: ReadonlyMap<string, FunctionRunner> = new Map();
  let tell: (answered: Answered) => void = () => {};

  const answer = async (request: IncomingMessage, received: Received): Promise<Outcome> => {
    const { method, target } = received;
    const match = matchRoute(routes ?? [], method, pathOf(target));
    const door = frontDoors[match?.route.door ?? 'http-api'];
    const body = await readUpTo(door.maxBodyBytes, request);
    if (body === undefined) return { answer: door.tooLarge };
    if (routes === undefined) return { answer: notReady };
    const runner = runners.get(match?.route.functionName ?? '');
    if (match === undefined || runner === undefined) return { answer: gatewayAnswer(404, 'Not Found') };
    const event = toHttpEvent(
      { ...received, rawHeaders: request.rawHeaders, body },
      { routeKey: match.route.routeKey, apiId: match.route.apiId, pathParameters: match.pathParameters },
    );
    const payload = JSON.stringify(event);
    if (Buffer.byteLength(payload) > maxPayloadBytes) return { answer: door.tooLarge };
    return invoke(runner, payload, match.route);
  };

  const server = await listenOnLoopback(
    async (request, response) => {
      const startedAt = performance.now();
      const received = receivedOf(request, clock.now());
      const outcome = await answer(request, received).catch((error: unknown): Outcome => {
        if (!request.complete) throw error;
        return {
          answer: gatewayAnswer(500, 'Internal Server Error'),
          integrationError: 'The function could not be called.',
        };
      });
      send(response, outcome.answer);
      tell({
        ...received,
        path: pathOf(received.target),
        userAgent: request.headers['user-agent'],
        status: outcome.answer.status,
        latencyMs: performance.now() - startedAt,
        integrationError: outcome.integrationError,
        unanswered: outcome.unanswered,
      });
    },
    port,
    '--port',
  );
  return {
    url: server.url,
    close: server.close,
    serve(newRoutes, newRunners, onAnswered = () => {}) {
      routes = newRoutes;
      runners = newRunners;
      tell = onAnswered;
    },
  };
}

type Received = Pick<HttpRequest, 'method' | 'target' | 'sourceIp' | 'requestId' | 'receivedAt'>;

function receivedOf({ method = 'GET', url = '/', socket }: IncomingMessage, receivedAt: number): Received {
  const sourceIp = socket.remoteAddress ?? '127.0.0.1';
  return { method, target: url, sourceIp, requestId: randomUUID(), receivedAt };
}

const pathOf = (target: string): string => target.split('?')[0] ?? '/';

async function invoke(runner: FunctionRunner, payload: string, { door, timeoutMs }: RouteSpec): Promise<Outcome> {
  const { throttled, failed, late } = frontDoors[door];
  const over = Promise.withResolvers<'late'>();
  const timer = setTimeout(over.resolve, timeoutMs, 'late');
  const result = await Promise.race([runner.invoke(payload), over.promise]);
  clearTimeout(timer);
  const functionName = runner.spec.name;
  if (result === 'late') return { answer: late, integrationError: 'The integration timed out.' };
  if (result.kind === 'throttled') {
    const unanswered = { functionName, metric: 'Throttles' } as const;
    return { answer: throttled, integrationError: 'The function was throttled.', unanswered };
  }
  if (result.kind === 'function-error') {
    const unanswered = { functionName, metric: 'Errors' } as const;
    return { answer: failed, integrationError: result.errorMessage, unanswered };
  }
  const answer = toHttpAnswer(result.payload);
  if (answer === undefined) return { answer: failed, integrationError: 'The function answered nonsense.' };
  return { answer };
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
