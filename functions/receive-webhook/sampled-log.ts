import type { Clock } from '../../shared/ports.ts';

/** One refusal or failure. `reason` is one of a few fixed words. */
export interface Incident {
  readonly reason: string;
  readonly fields: Readonly<Record<string, string>>;
}

export interface SampledLogOptions {
  readonly clock: Clock;
  /** Writes one incident in full. */
  readonly write: (incident: Incident) => void;
  /** Writes how many of a past window were left out, per reason. */
  readonly summarize: (leftOut: Readonly<Record<string, number>>) => void;
  readonly windowMs?: number;
  readonly perWindow?: number;
}

/**
 * Keeps a flood out of the log (which costs more than the flood does): the first few incidents of a window are written,
 * the rest are counted. The count is written with the first incident after the window, since a frozen function has no timers.
 */
export function createSampledLog(options: SampledLogOptions): (incident: Incident) => void {
  const { clock, write, summarize, windowMs = 10_000, perWindow = 5 } = options;
  let windowEndsAt = Number.NEGATIVE_INFINITY;
  let written = 0;
  let leftOut = new Map<string, number>();

  return (incident) => {
    if (clock.now() >= windowEndsAt) {
      if (leftOut.size > 0) summarize(Object.fromEntries(leftOut));
      windowEndsAt = clock.now() + windowMs;
      written = 0;
      leftOut = new Map();
    }
    if (written < perWindow) {
      written += 1;
      write(incident);
    } else {
      leftOut.set(incident.reason, (leftOut.get(incident.reason) ?? 0) + 1);
    }
  };
}
