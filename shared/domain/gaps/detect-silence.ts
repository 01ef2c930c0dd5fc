import { type Gap, newGap } from './gap.ts';
import { minuteMs } from './interval.ts';
import type { Observations, Quiet, Tick } from './watch-state.ts';

/** A week holds every quiet night and weekend; before it nothing can be said. */
const historyMs = 7 * 24 * 60 * minuteMs;
const shortestMs = 6 * 60 * minuteMs;
const margin = 2;
/** A product that is quiet for this long has ended (as the Account Activity API does on 2027-01-01) and is forgotten. */
const endedMs = 28 * 24 * 60 * minuteMs;

/**
 * The fifth detector: a product quiet for twice its longest quiet so far. It is an alarm for a person and stays
 * `suspected`; it never replays, since a statistic must not cost anybody a redelivery.
 */
export function detectSilence({ state, gaps }: Tick, seen: Observations): Tick {
  const products = [...new Set([...Object.keys(state.quiet), ...seen.products.keys()])];
  const quiet = Object.fromEntries(
    products
      .map((product) => [product, follow(state.quiet[product], seen.products.get(product) ?? 0)] as const)
      .filter(([, { lastAtMs }]) => seen.nowMs - lastAtMs < endedMs),
  );
  const others = gaps.filter(({ reason }) => reason !== 'silence');
  const silences = Object.entries(quiet)
    .filter(([, q]) => isTooQuiet(q, seen.nowMs))
    .map(([product, { lastAtMs }]) => knownOrNew(gaps, state, product, lastAtMs, seen.nowMs));
  return { state: { ...state, quiet }, gaps: [...others, ...silences] };
}

function follow(before: Quiet | undefined, newestAtMs: number): Quiet {
  if (!before) return { sinceMs: newestAtMs, lastAtMs: newestAtMs, longestMs: 0 };
  if (newestAtMs <= before.lastAtMs) return before;
  return { ...before, lastAtMs: newestAtMs, longestMs: Math.max(before.longestMs, newestAtMs - before.lastAtMs) };
}

function isTooQuiet({ sinceMs, lastAtMs, longestMs }: Quiet, nowMs: number): boolean {
  return lastAtMs - sinceMs >= historyMs && nowMs - lastAtMs > Math.max(shortestMs, margin * longestMs);
}

function knownOrNew(
  gaps: readonly Gap[],
  { app, webhookId }: Tick['state'],
  product: string,
  fromMs: number,
  nowMs: number,
): Gap {
  const line = `no ${product} event for longer than twice its longest quiet so far`;
  const found = { reason: 'silence', state: 'suspected', fromMs, toMs: null, expectedPerMinute: 0, line } as const;
  const fresh = newGap({ nowMs, app, webhookId }, found);
  const gapId = `${fresh.gapId}-${product}`;
  return gaps.find((gap) => gap.gapId === gapId) ?? { ...fresh, gapId };
}
