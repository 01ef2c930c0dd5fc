import type { Auth } from './auth.ts';
import type { PresentActivity } from './present.ts';
import { accountOf, type Wanted } from './wanted.ts';

export interface Create {
  readonly action: 'create';
  readonly key: string;
  readonly wanted: Wanted;
  /** Given to X with it. The Account Activity API knows no tags. */
  readonly tag?: string;
  readonly auth: Auth;
  /** Another webhook for which X has the same one; X takes no second. */
  readonly elsewhere?: string;
}

/** X changes nothing but the webhook and the tag. */
export interface Update {
  readonly action: 'update';
  readonly key: string;
  readonly subscriptionId: string;
  readonly change: { readonly webhookId?: string; readonly tag?: string };
  readonly auth: Auth;
}

export interface Delete {
  readonly action: 'delete';
  readonly key: string;
  /** The account whose it is; news has none. */
  readonly userId?: string;
  /** Absent for the Account Activity subscription of the account. */
  readonly activity?: PresentActivity;
  readonly auth: Auth;
}

export type Step = Create | Update | Delete;

export interface Plan {
  readonly creates: readonly Create[];
  readonly updates: readonly Update[];
  readonly deletes: readonly Delete[];
  /** Keys of what is wanted and there. */
  readonly keeps: readonly string[];
  /** Made by others, for other webhooks or the stream. Gapless leaves them alone. */
  readonly foreign: readonly PresentActivity[];
}

/** In the order in which they are to be done: what replaces another is there before the other goes. */
export const stepsOf = ({ creates, updates, deletes }: Plan): readonly Step[] => [...creates, ...updates, ...deletes];

/** Whether the one to be created takes the place of the one to be deleted, so that events would be lost without it. */
export function isReplacedBy({ userId, activity }: Delete, { wanted }: Create): boolean {
  if (userId === undefined || userId !== accountOf(wanted)) return false;
  if (activity === undefined) return wanted.product === 'xaa';
  return wanted.product === 'aaa' || wanted.type === activity.type;
}
