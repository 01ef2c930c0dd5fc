import type { LocalClock } from '../clock.ts';
import { type ClockState, localTime, realTime } from './clock-state.ts';
import { Sleepers } from './sleepers.ts';

/** Resolves when the follower is on the new time. */
type Follower = (state: ClockState) => Promise<void> | void;

/**
 * The one clock of a local stack. Processes follow it by their preload, whatever waits in this process by `sleepUntil`.
 * Setting it resolves only when every follower has the new time.
 */
export class AdjustableClock implements LocalClock {
  readonly #followers = new Set<Follower>();
  readonly #sleepers: Sleepers;
  #state: ClockState;

  constructor(state: ClockState = realTime) {
    this.#state = state;
    this.#sleepers = new Sleepers((atMs) => this.#realMsUntil(atMs));
  }

  get state(): ClockState {
    return this.#state;
  }

  now(): number {
    return localTime(this.#state, Date.now());
  }

  sleepUntil(atMs: number, { signal }: { readonly signal?: AbortSignal } = {}): Promise<void> {
    return this.#sleepers.until(atMs, signal);
  }

  /** Keeps the time and changes the speed. 0 freezes: then only `advance` and `setTime` move it. */
  setSpeed(speed: number): Promise<void> {
    return this.#set({ realAt: Date.now(), localAt: this.now(), speed });
  }

  /** Jumps forward (local milliseconds) and keeps the speed. */
  advance(ms: number): Promise<void> {
    return this.setTime(this.now() + ms);
  }

  setTime(localAt: number): Promise<void> {
    return this.#set({ realAt: Date.now(), localAt, speed: this.#state.speed });
  }

  /** Returns how to stop following. */
  follow(follower: Follower): () => void {
    this.#followers.add(follower);
    return () => {
      this.#followers.delete(follower);
    };
  }

  #realMsUntil(atMs: number): number {
    const left = atMs - this.now();
    return left <= 0 ? 0 : left / this.#state.speed;
  }

  async #set(state: ClockState): Promise<void> {
    this.#state = state;
    // The processes first: whoever wakes here may call them at once.
    await Promise.all([...this.#followers].map((follower) => follower(state)));
    this.#sleepers.rearm();
  }
}
