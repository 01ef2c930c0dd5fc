/** A straight line: at the real instant `realAt` it is `localAt`, and from there it runs `speed` times as fast. 0: it stands. */
export interface ClockState {
  readonly realAt: number;
  readonly localAt: number;
  readonly speed: number;
}

/** Unix milliseconds, whole as `Date.now()` is. */
export const localTime = ({ realAt, localAt, speed }: ClockState, real: number): number =>
  Math.floor(localAt + (real - realAt) * speed);

/** The line that agrees with the real time at `epoch` and runs `speed` times as fast: local = E + (real − E) × N. */
export const acceleratedFrom = (epoch: number, speed: number): ClockState => ({ realAt: epoch, localAt: epoch, speed });

/** Carries the first state into a child, so that even its first `Date.now()` is local. */
export const clockVariable = 'GAPLESS_LOCAL_CLOCK';

export const realTime: ClockState = { realAt: 0, localAt: 0, speed: 1 };

export function isClockState(value: unknown): value is ClockState {
  if (typeof value !== 'object' || value === null) return false;
  if (!('realAt' in value && 'localAt' in value && 'speed' in value)) return false;
  return [value.realAt, value.localAt, value.speed].every((number) => Number.isFinite(number));
}
