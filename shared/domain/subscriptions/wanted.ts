import type { SubscribableType } from './subscribable-types.ts';

export const directions = ['inbound', 'outbound'] as const;
export type Direction = (typeof directions)[number];

/** What a subscription of the X Activity API is about. X knows no others than these three members. */
export interface Filter {
  readonly userId?: string;
  readonly keyword?: string;
  readonly direction?: Direction;
}

export interface WantedActivity {
  readonly product: 'xaa';
  readonly type: SubscribableType;
  readonly filter: Filter;
  /** Comes back in every event. */
  readonly tag?: string;
}

/** The Account Activity API has one subscription per account, to everything. */
export interface WantedAccount {
  readonly product: 'aaa';
  readonly userId: string;
}

export type Wanted = WantedActivity | WantedAccount;

/** What is about an account has its id; news has none. */
export function accountOf(wanted: Wanted): string | undefined {
  return wanted.product === 'aaa' ? wanted.userId : wanted.filter.userId;
}
