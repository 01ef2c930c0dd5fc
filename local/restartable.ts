import { setTimeout as pause } from 'node:timers/promises';
import type { Emulator } from './emulator.ts';

/** A part of AWS that can be taken away for a while. */
export interface Stoppable {
  /** From now on nobody answers. What it keeps on disk stays. */
  stop(): Promise<void>;
  /** On the same URL again. Does nothing while it runs. */
  start(): Promise<void>;
}

export interface Restartable<Part extends Emulator> extends Emulator, Stoppable {
  /** The present one, or the last. */
  readonly part: Part;
}

/** Its port may belong to somebody's outgoing connection for a moment after it was given up. */
const attempts = 40;
const pauseMs = 250;

/** `startOn(0)` takes any free port; each later start takes the first one's. */
export async function startRestartable<Part extends Emulator>(
  startOn: (port: number) => Promise<Part>,
): Promise<Restartable<Part>> {
  const dead = Promise.withResolvers<string>();
  let part = await startOn(0);
  let running = true;
  void part.died.then(dead.resolve);
  const { url } = part;
  const port = Number(new URL(url).port);

  const startAgain = async (): Promise<Part> => {
    for (let left = attempts; ; left -= 1) {
      try {
        return await startOn(port);
      } catch (error) {
        if (left === 1) throw error;
        await pause(pauseMs);
      }
    }
  };

  /** One after the other: a stop waits for the start before it. */
  let last: Promise<void> = Promise.resolve();
  const then = (act: () => Promise<void>) => {
    last = last.then(act);
    return last;
  };
  const stop = async () => {
    if (!running) return;
    running = false;
    await part.close();
  };
  const start = async () => {
    if (running) return;
    part = await startAgain();
    running = true;
    void part.died.then(dead.resolve);
  };

  return {
    url,
    died: dead.promise,
    get part() {
      return part;
    },
    stop: () => then(stop),
    start: () => then(start),
    close: () => then(stop),
  };
}
