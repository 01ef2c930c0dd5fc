import { setImmediate } from 'node:timers/promises';
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
  /** One after the other at equal distances, instead of by chance and in bursts. Default false. */
  readonly steady?: boolean | undefined;
  /** AAA events go down the activity stream instead of to the webhook: the form of its lines in documents of early 2026. Default false. */
  readonly legacyLines?: boolean | undefined;
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

interface Running {
  readonly settings: TrafficSettings;
  readonly wants: (kind: string) => boolean;
  readonly stop: AbortController;
  nextAtMs: number;
}

const overtakenWithinMs = 10_000;
const overdueAtOnce = 25;

/** Whether `kind` is `name` or belongs to the family of that name. */
export function isOfFamily(kind: string, name: string): boolean {
  return kind === name || kind.startsWith(`${name}.`);
}

function matcher(kinds: readonly string[]): (kind: string) => boolean {
  return (kind) => kinds.length === 0 || kinds.some((name) => isOfFamily(kind, name));
}

export function createTraffic({ clock, source, deliverer, random, report }: TrafficDeps): Traffic {
  let current: Running | undefined;
  const waiting: (() => void)[] = [];
  const release = () => {
    for (const resolve of waiting.splice(0)) resolve();
  };

  const someDelay = (share: number) => (random() < share ? randomBelow(random, overtakenWithinMs) : 0);

  const send = (atMs: number, { settings, wants }: Running) => {
    const { duplicateShare, disorder, legacyLines } = settings;
    const made = source(atMs, wants);
    if (made === undefined) return;
    const goesToStream = legacyLines && isOfFamily(made.kind, 'aaa');
    const event = goesToStream ? { ...made, webhookId: undefined, onStream: true } : made;
    void deliverer.deliver(event, { delayMs: someDelay(disorder) });
    if (random() < duplicateShare) void deliverer.deliver(event, { delayMs: randomBelow(random, overtakenWithinMs) });
  };

  const run = async (running: Running) => {
    let overdue = 0;
    for (;;) {
      const { rate, steady } = running.settings;
      const { afterMs, count } = steady ? { afterMs: 1000 / rate, count: 1 } : nextArrival(rate, random);
      running.nextAtMs += afterMs;
      if (running.nextAtMs > clock.now()) release();
      // A clock that runs away from this machine shall not keep the rest of the process from running.
      else if (++overdue % overdueAtOnce === 0) await setImmediate();
      await clock.sleepUntil(running.nextAtMs, { signal: running.stop.signal });
      for (let left = count; left > 0; left -= 1) send(running.nextAtMs, running);
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
    start({ rate = 2, kinds = [], steady = false, legacyLines = false, duplicateShare = 0, disorder = 0 }) {
      stop();
      const settings = { rate, kinds, steady, legacyLines, duplicateShare, disorder };
      const running = { settings, wants: matcher(kinds), stop: new AbortController(), nextAtMs: clock.now() };
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
