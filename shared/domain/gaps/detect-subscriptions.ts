import { type Gap, newGap, tell } from './gap.ts';
import type { WatchRules } from './watch-rules.ts';
import type { Observations, Subscribed, SubscriptionsSeen, Tick, WatchState } from './watch-state.ts';

/** Whether this tick is to look. When X could not be asked, the next one is. */
export function isLookDue({ subscriptionsAtMs }: WatchState, nowMs: number, rules: WatchRules): boolean {
  return subscriptionsAtMs === undefined || nowMs - subscriptionsAtMs >= rules.subscriptionsEveryMs;
}

/** What of it says which products X sends, and by which way. */
export function countSubscribed({ wanted, present, elsewhere }: SubscriptionsSeen): Subscribed {
  const keys = [...new Set([...wanted, ...present])];
  const xaa = keys.filter((key) => key.startsWith('xaa ')).length;
  return { xaa, others: keys.length - xaa, ...(elsewhere === undefined ? {} : { elsewhere }) };
}

/**
 * The fourth detector: what should be subscribed and is not. X replays nothing for an account that is not subscribed,
 * so the gap is told to a person and never replayed. It ends when everything wanted is there again, as `lost`.
 */
export function detectSubscriptions(tick: Tick, { subscriptions, nowMs }: Observations): Tick {
  if (!subscriptions) return tick;
  const present = new Set(subscriptions.present);
  const missing = subscriptions.wanted.filter((key) => !present.has(key));
  const known = tick.gaps.find(({ reason, toMs }) => reason === 'subscriptions' && toMs === null);
  if (!known) return missing.length === 0 ? tick : { ...tick, gaps: [...tick.gaps, open(tick, missing, nowMs)] };
  const replaced = missing.length === 0 ? end(known, nowMs) : retell(known, missing, nowMs);
  return { ...tick, gaps: tick.gaps.map((gap) => (gap === known ? replaced : gap)) };
}

function open({ state }: Tick, missing: readonly string[], nowMs: number): Gap {
  const found = {
    reason: 'subscriptions',
    state: 'open',
    fromMs: nowMs,
    toMs: null,
    expectedPerMinute: 0,
    line: describe(missing),
  } as const;
  return newGap({ nowMs, app: state.app, webhookId: state.webhookId }, found);
}

function end(gap: Gap, nowMs: number): Gap {
  const why = 'X replays nothing for an account that is not subscribed';
  const lost: Gap = { ...gap, toMs: nowMs, state: 'lost', lostParts: [{ fromMs: gap.fromMs, toMs: nowMs, why }] };
  return tell(lost, nowMs, 'everything wanted is subscribed again');
}

function retell(gap: Gap, missing: readonly string[], nowMs: number): Gap {
  const line = describe(missing);
  return gap.story.at(-1)?.line === line ? gap : tell(gap, nowMs, line);
}

const mostNamed = 5;

function describe(missing: readonly string[]): string {
  const named = missing.slice(0, mostNamed).join(', ');
  const more = missing.length > mostNamed ? ` and ${missing.length - mostNamed} more` : '';
  return `not subscribed at X: ${named}${more}`;
}
