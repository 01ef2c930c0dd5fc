import type { XaaFilter } from '../payloads/xaa-event.ts';

export interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly valid: boolean;
  readonly createdAt: string;
  /** The last CRC that passed; Unix ms of the emulator's clock. */
  readonly validatedAtMs: number;
}

/** Account Activity: one user, all events. */
export interface AccountSubscription {
  readonly webhookId: string;
  readonly userId: string;
}

/** X Activity: one event type and filter. Without `webhookId` its events go to the stream only. */
export interface ActivitySubscription {
  readonly id: string;
  readonly eventType: string;
  readonly filter: XaaFilter;
  readonly tag?: string;
  readonly webhookId?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The filtered stream, delivered to a webhook. */
export interface StreamLink {
  readonly webhookId: string;
  readonly createdAt: string;
}

/** What X remembers of the app. */
export interface XState {
  readonly webhooks: readonly Webhook[];
  readonly accountSubscriptions: readonly AccountSubscription[];
  readonly activitySubscriptions: readonly ActivitySubscription[];
  readonly streamLinks: readonly StreamLink[];
}

export const emptyState: XState = {
  webhooks: [],
  accountSubscriptions: [],
  activitySubscriptions: [],
  streamLinks: [],
};
