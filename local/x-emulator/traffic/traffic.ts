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
  let current: { readonly settings: TrafficSettings; readonly stop: AbortController } | undefined;

  const someDelay = (share: number) => (random() < share ? randomBelow(random, overtakenWithinMs) : 0);

  const send = (atMs: number, { kinds, duplicateShare, disorder }: TrafficSettings) => {
    const event = source(atMs, matcher(kinds));
    if (event === undefined) return;
    void deliverer.deliver(event, { delayMs: someDelay(disorder) });
    if (random() < duplicateShare) void deliverer.deliver(event, { delayMs: randomBelow(random, overtakenWithinMs) });
  };

  const run = async (settings: TrafficSettings, signal: AbortSignal) => {
    let atMs = clock.now();
    for (;;) {
      const { afterMs, count } = nextArrival(settings.rate, random);
      atMs += afterMs;
      await clock.sleepUntil(atMs, { signal });
      for (let left = count; left > 0; left -= 1) send(atMs, settings);
    }
  };

  const stop = () => {
    current?.stop.abort();
    current = undefined;
  };

  return {
    get running() {
      return current?.settings;
    },
    stop,
    start({ rate = 2, kinds = [], duplicateShare = 0, disorder = 0 }) {
      stop();
      const settings = { rate, kinds, duplicateShare, disorder };
      const controller = new AbortController();
      current = { settings, stop: controller };
      run(settings, controller.signal).catch((error: unknown) => {
        if (!controller.signal.aborted) report(error);
      });
    },
  };
}
