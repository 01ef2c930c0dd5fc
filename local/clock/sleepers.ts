/** A longer timer of Node's fires at once (docs of setTimeout). */
const longestTimerMs = 2 ** 31 - 1;

interface Sleeper {
  readonly atMs: number;
  timer: NodeJS.Timeout | undefined;
  wake(): void;
}

/** Those who wait for a time of a clock that can jump, change its speed, or stand. */
export class Sleepers {
  readonly #sleepers = new Set<Sleeper>();
  readonly #realMsUntil: (atMs: number) => number;

  /** `realMsUntil`: real milliseconds to a time of the clock at its present speed; infinite while it stands. */
  constructor(realMsUntil: (atMs: number) => number) {
    this.#realMsUntil = realMsUntil;
  }

  async until(atMs: number, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (this.#realMsUntil(atMs) === 0) return;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const sleeper: Sleeper = { atMs, timer: undefined, wake: resolve };
    const abort = () => reject(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    this.#sleepers.add(sleeper);
    this.#arm(sleeper);
    await promise.finally(() => {
      clearTimeout(sleeper.timer);
      this.#sleepers.delete(sleeper);
      signal?.removeEventListener('abort', abort);
    });
  }

  /** After every change of the clock. Those whose time has come wake in the order of their times. */
  rearm(): void {
    for (const sleeper of [...this.#sleepers].sort((a, b) => a.atMs - b.atMs)) this.#arm(sleeper);
  }

  #arm(sleeper: Sleeper): void {
    clearTimeout(sleeper.timer);
    const ms = this.#realMsUntil(sleeper.atMs);
    if (ms === 0) sleeper.wake();
    else if (ms !== Number.POSITIVE_INFINITY) {
      sleeper.timer = setTimeout(() => this.#arm(sleeper), Math.min(Math.ceil(ms), longestTimerMs));
    }
  }
}
