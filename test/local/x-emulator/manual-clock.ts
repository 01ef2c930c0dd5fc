import type { LocalClock } from '../../../local/clock.ts';

interface Sleeper {
  readonly atMs: number;
  wake(): void;
}

/** A clock that moves only when the test moves it. */
export class ManualClock implements LocalClock {
  #nowMs: number;
  readonly #sleepers = new Set<Sleeper>();
  readonly #watchers = new Map<number, () => void>();

  constructor(nowMs = Date.UTC(2026, 10, 21, 12)) {
    this.#nowMs = nowMs;
  }

  now(): number {
    return this.#nowMs;
  }

  async sleepUntil(atMs: number, { signal }: { readonly signal?: AbortSignal } = {}): Promise<void> {
    signal?.throwIfAborted();
    if (atMs <= this.#nowMs) return;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const sleeper = { atMs, wake: resolve };
    const abort = () => reject(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    this.#sleepers.add(sleeper);
    this.#watchers.get(atMs)?.();
    await promise.finally(() => {
      this.#sleepers.delete(sleeper);
      signal?.removeEventListener('abort', abort);
    });
  }

  advance(ms: number): void {
    this.#nowMs += ms;
    for (const { atMs, wake } of this.#sleepers) if (atMs <= this.#nowMs) wake();
  }

  hasSleeper(atMs: number): boolean {
    return [...this.#sleepers].some((sleeper) => sleeper.atMs === atMs);
  }

  /** Resolves once somebody sleeps until exactly `atMs`: how a test knows that the emulator has nothing to do before. */
  async sleeperAt(atMs: number): Promise<void> {
    if (!this.hasSleeper(atMs)) await new Promise<void>((resolve) => this.#watchers.set(atMs, resolve));
  }
}
