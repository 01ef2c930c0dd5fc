import type { Wanted } from './wanted.ts';

/** An X Activity subscription as its key sees it: X may have types and directions that Gapless does not know. */
export interface Keyed {
  readonly product: 'xaa';
  readonly type: string;
  readonly filter: { readonly userId?: string; readonly keyword?: string; readonly direction?: string };
}

/**
 * Names a subscription for people and for comparison: `xaa like.create 2244994945 inbound`, `xaa news.new "election"`,
 * `aaa all 2244994945`. X has at most one subscription of a name.
 */
export function subscriptionKey(subscription: Wanted | Keyed): string {
  if (subscription.product === 'aaa') return `aaa all ${subscription.userId}`;
  const { type, filter } = subscription;
  const { userId, keyword, direction } = filter;
  const parts = [userId, keyword === undefined ? undefined : JSON.stringify(keyword), direction];
  return ['xaa', type, ...parts.filter((part) => part !== undefined)].join(' ');
}

/** Whether any of the keys is an Account Activity subscription's. */
export const hasAccountActivity = (keys: readonly string[]): boolean => keys.some((key) => key.startsWith('aaa '));
