import { createLineSplitter } from '../../domain/stream/line-splitter.ts';
import { createProof, type Proof } from '../../domain/stream/proof.ts';
import { occurredAtMs, readStreamLine } from '../../domain/stream/stream-line.ts';
import type { StreamRules } from '../../domain/stream/stream-rules.ts';
import type { Clock } from '../../ports.ts';
import type { StreamOpening, StreamQueue, StreamRequest, Timer, XStream } from '../../stream-ports.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import type { TellNews } from './stream-news.ts';
import { lookOften } from './wait.ts';

export interface ConnectionDeps {
  readonly clock: Clock;
  readonly timer: Timer;
  readonly stream: XStream;
  readonly queue: StreamQueue;
  readonly random: () => number;
  readonly createId: () => string;
  readonly rules: StreamRules;
  readonly app: string;
  readonly traceId: string;
  /** X streams; nothing is read before it resolves. `proof` grows while X does. */
  readonly onOpen: (connectedAtMs: number, proof: Proof) => Promise<void>;
  readonly tell: TellNews;
}

/** Why there is no connection, or no more. `complete`: a recovery brought all of its span, and it is on the queue. */
export type ConnectionEnd =
  | Exclude<StreamOpening, { kind: 'open' }>
  /** X ended it: `end-of-stream`, or the name that X gave. */
  | { readonly kind: 'closed'; readonly name: string; readonly detail: string; readonly complete: boolean }
  | { readonly kind: 'broken'; readonly name: 'reset' | 'silence' | 'cut-line' | 'queue' }
  /** The life of the reader is over. */
  | { readonly kind: 'left' };

/** Real milliseconds that the last lines have to reach the queue. */
const closeWithinMs = 8_000;

/** One connection from its request to its end: what it brings goes to the queue. It is closed when this resolves. */
export async function readConnection(
  deps: ConnectionDeps,
  request: StreamRequest,
  life: AbortSignal,
): Promise<ConnectionEnd> {
  const { clock, timer, stream, rules } = deps;
  const ending = new AbortController();
  const signal = AbortSignal.any([life, ending.signal]);
  let outbox: Outbox | undefined;
  let end: ConnectionEnd | undefined;
  let waitingSinceMs: number | undefined = clock.now();
  const finish = (why: ConnectionEnd) => {
    end ??= why;
    ending.abort();
  };
  const watching = lookOften(timer, signal, () => {
    const nowMs = clock.now();
    outbox?.flushIfDue(nowMs);
    if (outbox?.stalled) finish({ kind: 'broken', name: 'queue' });
    else if (waitingSinceMs !== undefined && nowMs - waitingSinceMs >= rules.silenceMs) {
      finish({ kind: 'broken', name: 'silence' });
    }
  });

  const read = async (chunks: Extract<StreamOpening, { kind: 'open' }>['chunks']): Promise<void> => {
    const connectedAtMs = clock.now();
    const proof = createProof(connectedAtMs, request.kind === 'recovery' || request.backfillMinutes > 0);
    let sentLines = 0;
    const onSent = (lines: number) => {
      deps.tell({ kind: 'sent', lines: lines - sentLines });
      sentLines = lines;
      proof.sent(lines);
    };
    const via = request.kind === 'live' ? 'stream' : 'backfill';
    const sending = createOutbox({ ...deps, flushAfterMs: rules.flushAfterMs, via, signal, onSent });
    outbox = sending;
    await deps.onOpen(connectedAtMs, proof);
    const splitter = createLineSplitter();

    const take = async (line: Uint8Array, receivedAtMs: number) => {
      const told = readStreamLine(line);
      if (told.kind === 'disconnect') finish({ ...told, kind: 'closed', complete: false });
      else if (told.kind === 'delivery') {
        proof.line(proof.settled ? undefined : occurredAtMs(line));
        await sending.add(line, receivedAtMs);
      } else if (proof.keepAlive() && request.kind === 'recovery') {
        finish({ kind: 'closed', name: 'end-of-stream', detail: '', complete: true });
      }
    };

    waitingSinceMs = clock.now();
    for await (const { bytes, caughtUp } of chunks) {
      waitingSinceMs = undefined;
      const nowMs = clock.now();
      if (caughtUp && splitter.isEmpty) proof.heard(nowMs);
      for (const line of splitter.add(bytes)) {
        await take(line, nowMs);
        if (signal.aborted) return;
      }
      waitingSinceMs = clock.now();
    }
    waitingSinceMs = undefined;
    if (splitter.isEmpty) proof.heard(clock.now());
    finish(
      splitter.isEmpty
        ? { kind: 'closed', name: 'end-of-stream', detail: '', complete: true }
        : { kind: 'broken', name: 'cut-line' },
    );
  };

  const opening = await stream.open(request, signal);
  if (opening.kind === 'open') {
    await read(opening.chunks).catch(() => finish({ kind: 'broken', name: 'reset' }));
  } else finish(opening);
  ending.abort();
  await watching;
  const allSent = (await outbox?.close(closeWithinMs)) ?? true;
  if (life.aborted && (end === undefined || end.kind === 'unreachable' || isReset(end))) return { kind: 'left' };
  if (end === undefined) return { kind: 'left' };
  return end.kind === 'closed' ? { ...end, complete: end.complete && allSent } : end;
}

/** What an abort looks like to whoever reads. */
function isReset(end: ConnectionEnd): boolean {
  return end.kind === 'broken' && end.name === 'reset';
}
