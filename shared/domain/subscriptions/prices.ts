import type { Wanted } from './wanted.ts';

/** The state of https://docs.x.com/x-api/getting-started/pricing on this day. X changes it without notice. */
export const pricesAsOf = '2026-08-22';

type Row = readonly [pattern: RegExp, usd: number];

/**
 * US dollars per delivered event of the X Activity API; X bills an event once in a UTC day, as a rule. Types that match
 * no row have no published price. The activity introduction says that `post.delete` is billed as a post; the price list,
 * that it is not.
 */
const rows: readonly Row[] = [
  [/^post\.create$/, 0.005],
  [/^post\.delete$/, 0],
  [/^follow\./, 0.01],
  [/^(mute|block)\./, 0.001],
  [/^profile\.update\./, 0.005],
  [/^(chat|dm)\.received$/, 0.01],
  [/^(chat\.sent|chat\.conversation\.join|dm\.sent|dm\.read|dm\.indicate_typing)$/, 0],
  [/^(news\.new|spaces\.start|spaces\.end)$/, 0.005],
];

/** What X charges for the events of the subscriptions of one type. */
export interface Fee {
  /** An event type, or `all of AAA`. */
  readonly type: string;
  readonly subscriptions: number;
  /** US dollars for a delivered event, 0 where it is not billed; absent where no price is published. */
  readonly usdPerEvent?: number;
}

/** One row per type, in the order of their names. */
export function feesOf(wanted: readonly Wanted[]): readonly Fee[] {
  const byType = Map.groupBy(wanted, (one) => (one.product === 'aaa' ? 'all of AAA' : one.type));
  return [...byType]
    .map(([type, some]) => {
      const price = rows.find(([pattern]) => pattern.test(type))?.[1];
      return { type, subscriptions: some.length, ...(price !== undefined && { usdPerEvent: price }) };
    })
    .toSorted((one, other) => (one.type < other.type ? -1 : 1));
}
