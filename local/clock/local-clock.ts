import type { Clock } from '../../shared/ports.ts';
import { type ClockState, localTime, realTime } from './clock-state.ts';

/** Resolves when the follower is on the new time. */
type Follower = (state: ClockState) => Promise<void> | void;

/**
 * The local stack's one clock. Everything of the stack reads it or follows it: processes (by their preload), timers of
 * `clock-timers.ts`, the X emulator. Setting it resolves only when every follower has the new time.
 */
export class LocalClock implements Clock {
  readonly #followers = new Set<Follower>();
  #state: ClockState;

  constructor(state: ClockState = realTime) {
    this.#state = state;
  }

  get state(): ClockState {
    return this.#state;
  }

  now(): number {
    return localTime(this.#state, Date.now());
  }

  /** Real milliseconds until the local instant `at`, at the present speed; infinite while the clock stands. */
  realMsUntil(at: number): number {
    const left = at - this.now();
    return left <= 0 ? 0 : left / this.#state.speed;
  }

  /** Keeps the time and changes the speed; 0 freezes. */
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

  async #set(state: ClockState): Promise<void> {
    this.#state = state;
    await Promise.all([...this.#followers].map((follower) => follower(state)));
  }
}
