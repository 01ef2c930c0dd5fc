import type { ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import type { LocalClock } from '../../clock.ts';
import type { StreamArchive } from './stream-archive.ts';

/** Which lines a connection gets: from the place `from` on, up to `to` and no more, or without end. */
export interface Passage {
  readonly from: number;
  readonly to?: number | undefined;
  /** Whether it begins without a byte. */
  readonly isSilent?: boolean | undefined;
}

export interface StreamConnection {
  /** Lines that are written. */
  readonly lines: number;
  /** Lines that came since the connection was made and are not written yet. */
  readonly behind: number;
  /** Ends it, after a last line if one is given. */
  end(lastLine?: string): void;
  /** Ends it as a broken network does. */
  cut(): void;
  /** While it is silent not a byte is written, no keep-alive either. */
  setSilent(silent: boolean): void;
}

interface ConnectionDeps {
  readonly clock: LocalClock;
  readonly archive: StreamArchive;
  /** It ended: the passage is written, or the reader is gone, or it was ended from here. */
  readonly onEnd: (reason: 'end of passage' | 'reader' | 'here') => void;
  readonly report: (error: unknown) => void;
}

/** X promises a sign of life every 20 s at least (docs.x.com consuming streaming data). Lines are one, too. */
const keepAliveMs = 10_000;
const newline = Buffer.from('\r\n');
/** About as much as is handed to the socket at once. */
const largestWrite = 262_144;

/** As a line of its own: outside of strings, where JSON has none, a line break says no more than a space. */
function asLine(body: Uint8Array): Uint8Array {
  return body.includes(10) ? Buffer.from(body).map((byte) => (byte === 10 || byte === 13 ? 32 : byte)) : body;
}

/** Writes a passage of the archive to one reader, as fast as he takes it. */
export function createStreamConnection(
  outgoing: ServerResponse,
  { from, to, isSilent: beginsSilent = false }: Passage,
  { clock, archive, onEnd, report }: ConnectionDeps,
): StreamConnection {
  const ending = new AbortController();
  const { signal } = ending;
  const live = archive.length;
  let place = from;
  let lines = 0;
  let quietSinceMs = clock.now();
  let isSilent = beginsSilent;
  let wake = () => {};
  const unfollow = archive.follow(() => wake());

  const stop = (reason: Parameters<typeof onEnd>[0]) => {
    if (signal.aborted) return;
    unfollow();
    ending.abort();
    wake();
    onEnd(reason);
  };
  outgoing.on('close', () => stop('reader'));
  outgoing.on('error', () => stop('reader'));
  outgoing.on('drain', () => wake());

  const end = () => to ?? archive.length;
  const writeSome = () => {
    const parts: Uint8Array[] = [];
    for (let bytes = 0; bytes < largestWrite && place < end(); place += 1) {
      const body = archive.at(place);
      if (body === undefined) continue;
      parts.push(asLine(body), newline);
      bytes += body.length;
      lines += 1;
    }
    outgoing.write(Buffer.concat(parts));
    quietSinceMs = clock.now();
  };

  const writePassage = async () => {
    // Whoever made the connection knows of it before it can end.
    await setImmediate();
    while (!signal.aborted) {
      if (!isSilent && !outgoing.writableNeedDrain && place < end()) writeSome();
      else if (!isSilent && to !== undefined && place >= to) {
        outgoing.end();
        stop('end of passage');
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        // What comes in the same turn goes out together.
        await setImmediate();
      }
    }
  };
  const keepAlive = async () => {
    for (;;) {
      await clock.sleepUntil(quietSinceMs + keepAliveMs, { signal });
      if (clock.now() < quietSinceMs + keepAliveMs) continue;
      quietSinceMs = clock.now();
      if (!isSilent && place >= end() && !outgoing.writableNeedDrain) outgoing.write(newline);
    }
  };
  for (const work of [writePassage(), keepAlive()]) {
    work.catch((error: unknown) => {
      if (!signal.aborted) report(error);
    });
  }

  return {
    get lines() {
      return lines;
    },
    get behind() {
      return to === undefined ? archive.length - Math.max(place, live) : 0;
    },
    end(lastLine) {
      outgoing.end(lastLine === undefined ? undefined : `${lastLine}\r\n`);
      stop('here');
    },
    cut() {
      outgoing.destroy();
      stop('here');
    },
    setSilent(silent) {
      isSilent = silent;
      wake();
    },
  };
}
