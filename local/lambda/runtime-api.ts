import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../http-body.ts';
import { listenOnLoopback } from '../loopback-server.ts';
import { functionError, type InvocationResult } from './invocation.ts';

export interface Invocation {
  readonly requestId: string;
  readonly functionArn: string;
  readonly payload: string;
  /** Real Unix milliseconds: a timeout is real time, whatever the local clock says. */
  readonly deadlineAt: number;
}

/** Lambda's Runtime API for one process: it asks for invocations and posts what became of them. */
export interface RuntimeApi {
  /** Host and port, as `AWS_LAMBDA_RUNTIME_API` has it. */
  readonly address: string;
  /** Resolves when the process asks for its first invocation, or with the error that its initialisation posted. */
  readonly initialised: Promise<InvocationResult | undefined>;
  /** Hands the invocation to the process and resolves with what it posts. One at a time, as on Lambda. */
  deliver(invocation: Invocation): Promise<InvocationResult>;
  close(): Promise<void>;
}

const path = /^\/2018-06-01\/runtime\/(?:invocation\/(?:(next)|([\w-]+)\/(response|error))|init\/(error))$/;

/** Serves the protocol of docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html; every runtime client can use it. */
export async function startRuntimeApi(): Promise<RuntimeApi> {
  const initialised = Promise.withResolvers<InvocationResult | undefined>();
  let waiting: ServerResponse | undefined;
  let queued: Invocation | undefined;
  let running: { readonly requestId: string; readonly finish: (result: InvocationResult) => void } | undefined;

  const handOver = () => {
    if (waiting === undefined || queued === undefined) return;
    const { requestId, functionArn, deadlineAt, payload } = queued;
    waiting.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': requestId,
      'lambda-runtime-deadline-ms': String(deadlineAt),
      'lambda-runtime-invoked-function-arn': functionArn,
      'lambda-runtime-trace-id': `Root=1-${requestId.replaceAll('-', '').slice(0, 8)}-${requestId.replaceAll('-', '').slice(8)};Sampled=0`,
    });
    waiting.end(payload);
    waiting = undefined;
    queued = undefined;
  };

  const finish = (requestId: string, result: InvocationResult): boolean => {
    if (running?.requestId !== requestId) return false;
    const { finish: resolve } = running;
    running = undefined;
    resolve(result);
    return true;
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const [, next, requestId, outcome, initError] = path.exec(request.url ?? '') ?? [];
    if (next !== undefined) {
      initialised.resolve(undefined);
      waiting = response;
      return handOver();
    }
    const body = (await readBody(request)).toString();
    if (initError !== undefined) initialised.resolve(parseError(request, body));
    const result: InvocationResult =
      outcome === 'error' ? parseError(request, body) : { kind: 'success', payload: body };
    const known = initError !== undefined || (requestId !== undefined && finish(requestId, result));
    response.writeHead(known ? 202 : 400, { 'content-type': 'application/json' });
    response.end(known ? '{"status":"OK"}' : '{"errorType":"InvalidRequestID","errorMessage":"Invalid request ID"}');
  };

  const server = await listenOnLoopback((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });

  return {
    address: server.url.replace('http://', ''),
    initialised: initialised.promise,
    deliver(invocation) {
      return new Promise((resolve) => {
        running = { requestId: invocation.requestId, finish: resolve };
        queued = invocation;
        handOver();
      });
    },
    close: server.close,
  };
}

function parseError(request: IncomingMessage, body: string): InvocationResult {
  const header = String(request.headers['lambda-runtime-function-error-type'] ?? 'Unhandled');
  try {
    const { errorType, errorMessage }: { errorType?: unknown; errorMessage?: unknown } = JSON.parse(body);
    return functionError(String(errorType ?? header), String(errorMessage ?? ''));
  } catch {
    return functionError(header, 'The runtime posted an error that is not JSON.');
  }
}
