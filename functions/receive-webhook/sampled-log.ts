import type { Clock } from '../../shared/ports.ts';

/** One request that was not served. `reason` is one of a few fixed words. */
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
 * Keeps a flood out of the log (which costs more than the flood does): of each reason the first few incidents of a window
 * are written, the rest are counted. The counts are written after the window, with the next incident of any reason, since
 * a frozen function has no timers.
 */
export function createSampledLog(options: SampledLogOptions): (incident: Incident) => void {
  const { clock, write, summarize, windowMs = 10_000, perWindow = 5 } = options;
  let windowEndsAt = Number.NEGATIVE_INFINITY;
  let counts = new Map<string, number>();

  return (incident) => {
    if (clock.now() >= windowEndsAt) {
      const leftOut = [...counts]
        .filter(([, count]) => count > perWindow)
        .map(([reason, count]) => [reason, count - perWindow]);
      if (leftOut.length > 0) summarize(Object.fromEntries(leftOut));
      windowEndsAt = clock.now() + windowMs;
      counts = new Map();
    }
    const count = (counts.get(incident.reason) ?? 0) + 1;
    counts.set(incident.reason, count);
    if (count <= perWindow) write(incident);
  };
}
