import { subscriptionKey } from './keys.ts';

/** An X Activity subscription that X has. Types and directions may be ones that Gapless does not know. */
export interface PresentActivity {
  readonly subscriptionId: string;
  readonly type: string;
  readonly filter: { readonly userId?: string; readonly keyword?: string; readonly direction?: string };
  readonly tag?: string;
  /** Without one its events go to the stream only. */
  readonly webhookId?: string;
  /** ISO time at which X ends it. */
  readonly expiresAt?: string;
}

/** What X has for one app. */
export interface Present {
  readonly activities: readonly PresentActivity[];
  /** Ids of the accounts with an Account Activity subscription on the webhook. */
  readonly accounts: readonly string[];
  /** How many of them the app may have on the webhook beside those that it has on others; where X says it. */
  readonly accountLimit?: number;
}

export const activityKey = ({ type, filter }: PresentActivity): string =>
  subscriptionKey({ product: 'xaa', type, filter });

/** Keys of what reaches the webhook. What points elsewhere, or nowhere, does not. */
export function keysOnWebhook({ activities, accounts }: Present, webhookId: string): readonly string[] {
  const here = activities.filter((activity) => activity.webhookId === webhookId);
  return [...here.map(activityKey), ...accounts.map((userId) => subscriptionKey({ product: 'aaa', userId }))];
}
