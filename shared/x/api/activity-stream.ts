import { nameProblem } from '../../domain/stream/stream-line.ts';
import type { StreamChunk, StreamOpening, StreamRequest, XStream } from '../../stream-ports.ts';
import { readFailure } from './failure.ts';

export interface ActivityStreamSettings {
  readonly baseUrl: string;
  /** The app's bearer token; `undefined` while nobody has stored one. May throw. */
  readonly readToken: () => Promise<string | undefined>;
}

const noToken = 'there is no bearer token for X’s API; store it with gapless secrets set';

/**
 * `GET /2/activity/stream` by the platform's own fetch. X's SDK parses the lines, which rounds their numbers, keeps
 * keep-alives to itself and knows no back pressure; and it is larger than all the rest of the function's own code.
 */
export function createActivityStream({ baseUrl, readToken }: ActivityStreamSettings): XStream {
  let token: string | undefined;

  const connect = async (request: StreamRequest, signal: AbortSignal): Promise<StreamOpening> => {
    token ??= await readToken();
    if (token === undefined) return { kind: 'unreachable', why: noToken };
    const response = await fetch(`${baseUrl}/2/activity/stream${queryOf(request)}`, {
      // Compressed, a line might wait in X's compressor for the next one.
      headers: { authorization: `Bearer ${token}`, 'accept-encoding': 'identity' },
      signal,
    });
    if (response.ok && response.body !== null) return { kind: 'open', chunks: arrivals(response.body) };
    // It may have been exchanged since.
    if (response.status === 401 || response.status === 403) token = undefined;
    return refusal(response);
  };

  return {
    async open(request, signal) {
      try {
        return await connect(request, signal);
      } catch (error) {
        return { kind: 'unreachable', why: causeOf(error) };
      }
    },
  };
}

function queryOf(request: StreamRequest): string {
  if (request.kind === 'live') {
    return request.backfillMinutes === 0 ? '' : `?backfill_minutes=${request.backfillMinutes}`;
  }
  const second = (ms: number) => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
  const { fromMs, toMs } = request.span;
  return `?${new URLSearchParams({ start_time: second(fromMs), end_time: second(toMs) })}`;
}

/** Bytes that lay there already are read at once; for others one waits. */
const atOnceMs = 1;

async function* arrivals(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamChunk> {
  const reader = body.getReader();
  try {
    for (;;) {
      const askedAt = performance.now();
      const { done, value } = await reader.read();
      if (done) return;
      yield { bytes: value, caughtUp: performance.now() - askedAt >= atOnceMs };
    }
  } finally {
    // Without it a connection whose lines nobody wants stays open.
    reader.cancel().catch(() => {});
  }
}

async function refusal(response: Response): Promise<StreamOpening> {
  const body = parse(await response.text());
  const rateLimitReset = response.headers.get('x-rate-limit-reset');
  const { detail, retryAtMs } = readFailure({ status: response.status, body, rateLimitReset });
  const { name } = nameProblem(body);
  return {
    kind: 'refused',
    status: response.status,
    name: name === 'unnamed' ? `http-${response.status}` : name,
    detail,
    ...(retryAtMs === undefined ? {} : { retryAtMs }),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Node's fetch says "fetch failed", and what failed in the cause. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return 'no answer';
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}
