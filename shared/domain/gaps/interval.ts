/** Half-open span of time, Unix milliseconds: `fromMs` belongs to it, `toMs` does not. */
export interface Interval {
  readonly fromMs: number;
  readonly toMs: number;
}

export const minuteMs = 60_000;

export function overlap(a: Interval, b: Interval): boolean {
  return a.fromMs < b.toMs && b.fromMs < a.toMs;
}

/** Sorted, without empty ones; those that overlap or touch are joined. */
export function union(intervals: readonly Interval[]): readonly Interval[] {
  const sorted = intervals.filter(({ fromMs, toMs }) => fromMs < toMs).sort((a, b) => a.fromMs - b.fromMs);
  const joined: Interval[] = [];
  for (const next of sorted) {
    const last = joined.at(-1);
    if (last && next.fromMs <= last.toMs) {
      joined[joined.length - 1] = { fromMs: last.fromMs, toMs: Math.max(last.toMs, next.toMs) };
    } else joined.push(next);
  }
  return joined;
}

/** What of `whole` no interval of `parts` holds. */
export function subtract(whole: readonly Interval[], parts: readonly Interval[]): readonly Interval[] {
  return union(parts).reduce<readonly Interval[]>(
    (left, part) =>
      left.flatMap(({ fromMs, toMs }) =>
        [
          { fromMs, toMs: Math.min(toMs, part.fromMs) },
          { fromMs: Math.max(fromMs, part.toMs), toMs },
        ].filter((piece) => piece.fromMs < piece.toMs),
      ),
    union(whole),
  );
}

/** What of `whole` lies in `parts`. */
export function intersect(whole: readonly Interval[], parts: readonly Interval[]): readonly Interval[] {
  return subtract(whole, subtract(whole, parts));
}

/** X's replay counts in whole minutes, so a window is widened to them. */
export function toWholeMinutes({ fromMs, toMs }: Interval): Interval {
  return { fromMs: Math.floor(fromMs / minuteMs) * minuteMs, toMs: Math.ceil(toMs / minuteMs) * minuteMs };
}

/** For people, in whole minutes of UTC. */
export function show({ fromMs, toMs }: Interval): string {
  const minute = (ms: number) => `${new Date(ms).toISOString().slice(0, 16)}Z`;
  return `${minute(fromMs)} to ${minute(toMs)}`;
}
