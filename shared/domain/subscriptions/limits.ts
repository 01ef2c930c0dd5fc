import type { Present } from './present.ts';
import type { Plan } from './steps.ts';

interface Tier {
  readonly name: string;
  readonly most: number;
}

/** Subscriptions that an app may have (docs.x.com activity and account activity introductions, 2026-08-22), smallest first. */
const tiers: Readonly<Record<'xaa' | 'aaa', readonly Tier[]>> = {
  xaa: [
    { name: 'self-serve', most: 1_500 },
    { name: 'Enterprise', most: 75_000 },
    { name: 'Partner', most: 150_000 },
  ],
  aaa: [
    { name: 'pay-per-use', most: 3 },
    { name: 'Enterprise', most: 5_000 },
  ],
};

/** How much of X's limit a plan would use. */
export interface Use {
  readonly product: 'xaa' | 'aaa';
  /** Subscriptions of the app once the plan is done. */
  readonly subscriptions: number;
  /** The smallest tier that takes so many; absent where none does. */
  readonly tier?: string;
  readonly most: number;
  readonly fits: boolean;
}

/** Per product that is used. Where X says how many it has granted, that counts, else the tiers of its documentation. */
export function usesOf(plan: Plan, present: Present): readonly Use[] {
  const removed = plan.deletes.filter(({ activity }) => activity === undefined).length;
  const added = plan.creates.filter(({ wanted }) => wanted.product === 'aaa').length;
  const xaa = present.activities.length + (plan.creates.length - added) - (plan.deletes.length - removed);
  const aaa = present.accounts.length + added - removed;
  const { accountLimit } = present;
  return [
    ...(xaa > 0 ? [useOf('xaa', xaa)] : []),
    ...(aaa > 0 ? [accountLimit === undefined ? useOf('aaa', aaa) : granted(aaa, accountLimit)] : []),
  ];
}

const granted = (subscriptions: number, most: number): Use => ({
  product: 'aaa',
  subscriptions,
  tier: 'granted by X',
  most,
  fits: subscriptions <= most,
});

function useOf(product: 'xaa' | 'aaa', subscriptions: number): Use {
  const tier = tiers[product].find(({ most }) => subscriptions <= most);
  const largest = tiers[product].at(-1)?.most ?? 0;
  const use = { product, subscriptions, most: tier?.most ?? largest, fits: tier !== undefined };
  return tier === undefined ? use : { ...use, tier: tier.name };
}
