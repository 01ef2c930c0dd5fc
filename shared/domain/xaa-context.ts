import type { EventFacts } from './event-draft.ts';

/** What an XAA payload lies in. */
export interface XaaContext {
  /** The user or keyword of the subscription. */
  readonly account: string | undefined;
  /** `outbound`: the account acts. X sends it in the filter of directional subscriptions. */
  readonly direction: string | undefined;
  readonly includedUsers: readonly unknown[];
  readonly includedPosts: readonly unknown[];
}

export type PayloadReader = (payload: unknown, context: XaaContext) => Omit<EventFacts, 'type'>;
