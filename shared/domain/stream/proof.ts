import { minuteMs } from '../gaps/interval.ts';

/** What is proven of one connection: everything that X sent up to `toMs` is on SQS; `undefined`: nothing yet. */
export interface Proof {
  /** Bytes came, before anything in them is looked at: all that X sent before is known. */
  heard(atMs: number): void;
  /** A line for the queue. `occurredAtMs`: asked for while `settled` is false. */
  line(occurredAtMs?: number): void;
  /** Whether X had nothing to say since the last one, or since the connection. */
  keepAlive(): boolean;
  /** The first `lines` lines are on SQS. */
  sent(lines: number): void;
  /** X has sent all that it was asked to fill back. */
  readonly settled: boolean;
  readonly lines: number;
  readonly toMs: number | undefined;
}

/** After so long, what X fills back has long come, whatever the lines look like. */
const surelyFilledBackMs = 5 * minuteMs;

/**
 * X sends what it fills back before what is new (docs.x.com, recovery and redundancy), but does not say where the one
 * ends. The claim `from the connection less the backfill` may only begin after that: at a line about something that
 * happened after the connection, at a keep-alive that follows upon another (or the start) without a line between, or
 * after five minutes.
 */
export function createProof(connectedAtMs: number, filledBack: boolean): Proof {
  let settled = !filledBack;
  let marks: { readonly lines: number; atMs: number }[] = [];
  let lines = 0;
  let onQueue = 0;
  let toMs: number | undefined;
  let linesAtKeepAlive = 0;

  const mark = (atMs: number) => {
    const last = marks.at(-1);
    if (last?.lines === lines) last.atMs = atMs;
    else marks.push({ lines, atMs });
    prove();
  };
  const prove = () => {
    const open = marks.findIndex((one) => one.lines > onQueue);
    const proven = open < 0 ? marks : marks.slice(0, open);
    toMs = proven.at(-1)?.atMs ?? toMs;
    marks = marks.slice(proven.length);
  };

  return {
    heard(atMs) {
      settled ||= atMs - connectedAtMs >= surelyFilledBackMs;
      if (settled) mark(atMs);
    },
    line(occurredAtMs) {
      settled ||= occurredAtMs !== undefined && occurredAtMs > connectedAtMs;
      lines += 1;
    },
    keepAlive() {
      const quiet = lines === linesAtKeepAlive;
      linesAtKeepAlive = lines;
      settled ||= quiet;
      return quiet;
    },
    sent(count) {
      onQueue = count;
      prove();
    },
    get settled() {
      return settled;
    },
    get lines() {
      return lines;
    },
    get toMs() {
      return toMs;
    },
  };
}
