import assert from 'node:assert/strict';
import type { Comparison } from '../../../local/once/compare.ts';
import type { StreamCounts } from '../../../local/x-emulator/stream/stream-troubles.ts';
import { minuteMs } from '../../../shared/domain/gaps/interval.ts';
import { startStreaming } from './driver.ts';
import { handovers } from './handovers.ts';

export interface HourOptions {
  /** Of the stack's clock, at least; it goes on until there were five handovers. */
  readonly minutes: number;
  /** Events a second of the stack's clock. */
  readonly rate: number;
  readonly speed: number;
  /** Told every five minutes of the stack's clock, and of each trouble. */
  readonly progress: (line: string) => void;
}

export interface Hour {
  readonly comparison: Comparison;
  readonly connections: StreamCounts;
  readonly handovers: number;
  /** Of the stack's clock. */
  readonly minutes: number;
  /** Of this machine: stored events a second, from the first event until the last one is stored. */
  readonly storedPerSecond: number;
}

const wantedHandovers = 5;
/** A reader lives for twelve minutes, and a tick comes once a minute. */
const longestLifeMinutes = 20;

/**
 * X streams steadily while the reader is handed over five times, killed twice, and disconnected once by X. Rejects unless every event
 * is stored exactly once.
 */
export async function playHour({ minutes, rate, speed, progress }: HourOptions): Promise<Hour> {
  await using parts = new AsyncDisposableStack();
  const streaming = await startStreaming({ speed, activity: 'stream' }, parts);
  const { x, readStream, until } = streaming;
  const { clock } = streaming.stack;
  const startedAtMs = clock.now();
  const startedAt = performance.now();
  const minute = () => ((clock.now() - startedAtMs) / minuteMs).toFixed(1);
  const count = () => handovers(x.stream.connections());
  const say = async (what: string) => {
    const { now, made, lines } = x.stream.counts();
    const counts = `sent ${x.sent.events.size}, lines ${lines}, queued ${await streaming.queued()}`;
    progress(`minute ${minute()}: ${what}; ${counts}, connections ${now} of ${made}, handovers ${count()}`);
  };

  const handover = async (number: number) => {
    await until(`handover ${number}`, () => count() >= number, longestLifeMinutes);
    await say(`handover ${number}`);
    await streaming.minutes(1);
  };
  const reconnected = async (what: string, trouble: () => void) => {
    const { made } = x.stream.counts();
    trouble();
    await say(what);
    await until(`a connection after: ${what}`, () => x.stream.counts().made > made);
  };
  const kill = () => assert.ok(readStream.kill('SIGKILL') > 0, 'a reader is there to be killed');

  x.startTraffic({ rate, steady: true, kinds: ['xaa'] });
  const telling = new AbortController();
  const told = (async () => {
    for (;;) {
      await clock.sleepUntil(clock.now() + 5 * minuteMs, { signal: telling.signal });
      await say('streaming');
    }
  })().catch((error: unknown) => {
    if (!telling.signal.aborted) throw error;
  });
  try {
    await handover(1);
    await reconnected('the reader is killed', kill);
    await handover(2);
    await reconnected('X ends the connection', () => x.stream.disconnect());
    await handover(3);
    await reconnected('the reader is killed again', kill);
    for (let number = 4; number <= wantedHandovers; number += 1) await handover(number);
    await clock.sleepUntil(startedAtMs + minutes * minuteMs);
    await say('the hour is over');

    const played = { handovers: count(), minutes: (clock.now() - startedAtMs) / minuteMs };
    await streaming.allRecorded();
    const seconds = (performance.now() - startedAt) / 1000;
    await say('all is recorded');

    const comparison = await streaming.assertAllStored();
    return { ...played, comparison, connections: x.stream.counts(), storedPerSecond: comparison.stored / seconds };
  } finally {
    telling.abort();
    await told;
  }
}
