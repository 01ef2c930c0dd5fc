import type { LocalClock } from '../../clock.ts';
import type { Deliverer } from '../delivery/deliverer.ts';
import { type Random, randomBelow } from '../random.ts';
import { nextArrival } from './arrivals.ts';
import type { EventSource } from './event-source.ts';

export interface TrafficOptions {
  /** Events a second of the emulator's clock, in the mean. Default 2. */
  readonly rate?: number | undefined;
  /** Kinds (`aaa.like`) or families of them (`aaa`, `xaa.post`). Default: everything that is subscribed. */
  readonly kinds?: readonly string[] | undefined;
  /** The share of events that X sends twice. Default 0. */
  readonly duplicateShare?: number | undefined;
  /** The share of events that others overtake. Default 0. */
  readonly disorder?: number | undefined;
}

export type TrafficSettings = { readonly [Name in keyof TrafficOptions]-?: NonNullable<TrafficOptions[Name]> };

export interface Traffic {
  /** Replaces what was running. */
  start(options: TrafficOptions): void;
  stop(): void;
  /** `undefined`: quiet. */
  readonly running: TrafficSettings | undefined;
  /** Resolves when every event that the clock made due is on its way, after a step of the clock above all. */
  caughtUp(): Promise<void>;
}

interface TrafficDeps {
  readonly clock: LocalClock;
  readonly source: EventSource;
  readonly deliverer: Deliverer;
  readonly random: Random;
  readonly report: (error: unknown) => void;
}

const overtakenWithinMs = 10_000;

/** Whether `kind` is `name` or belongs to the family of that name. */
export function isOfFamily(kind: string, name: string): boolean {
  return kind === name || kind.startsWith(`${name}.`);
}

function matcher(kinds: readonly string[]): (kind: string) => boolean {
  return (kind) => kinds.length === 0 || kinds.some((name) => isOfFamily(kind, name));
}

export function createTraffic({ clock, source, deliverer, random, report }: TrafficDeps): Traffic {
  let current: { readonly settings: TrafficSettings; readonly stop: AbortController; nextAtMs: number } | undefined;
  const waiting: (() => void)[] = [];
  const release = () => {
    for (const resolve of waiting.splice(0)) resolve();
  };

  const someDelay = (share: number) => (random() < share ? randomBelow(random, overtakenWithinMs) : 0);

  const send = (atMs: number, { kinds, duplicateShare, disorder }: TrafficSettings) => {
    const event = source(atMs, matcher(kinds));
    if (event === undefined) return;
    void deliverer.deliver(event, { delayMs: someDelay(disorder) });
    if (random() < duplicateShare) void deliverer.deliver(event, { delayMs: randomBelow(random, overtakenWithinMs) });
  };

  const run = async (running: NonNullable<typeof current>) => {
    for (;;) {
      const { afterMs, count } = nextArrival(running.settings.rate, random);
      running.nextAtMs += afterMs;
      if (running.nextAtMs > clock.now()) release();
      await clock.sleepUntil(running.nextAtMs, { signal: running.stop.signal });
      for (let left = count; left > 0; left -= 1) send(running.nextAtMs, running.settings);
    }
  };

  const stop = () => {
    current?.stop.abort();
    current = undefined;
    release();
  };

  return {
    get running() {
      return current?.settings;
    },
    stop,
    start({ rate = 2, kinds = [], duplicateShare = 0, disorder = 0 }) {
      stop();
      const settings = { rate, kinds, duplicateShare, disorder };
      const running = { settings, stop: new AbortController(), nextAtMs: clock.now() };
      current = running;
      run(running).catch((error: unknown) => {
        if (running.stop.signal.aborted) return;
        report(error);
        stop();
      });
    },
    async caughtUp() {
      if (current === undefined || current.nextAtMs > clock.now()) return;
      await new Promise<void>((resolve) => waiting.push(resolve));
    },
  };
}
