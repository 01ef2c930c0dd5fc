import type { Present } from './domain/subscriptions/present.ts';
import type { Create, Update } from './domain/subscriptions/steps.ts';
import type { Clock } from './ports.ts';
import type { XOutcome } from './x/api/client.ts';
import type { XFailure } from './x/api/failure.ts';
import type { UserToken } from './x/api-tokens.ts';

/** A clock that one can wait on. */
export interface WaitingClock extends Clock {
  /** Resolves once `now()` has reached `atMs`. */
  sleepUntil(atMs: number): Promise<void>;
}

/** With which token X was asked: the app's bearer token, or one of the account. */
export type AskedAs = 'app' | UserToken['scheme'];

/** Why a step was not done. `login`: there is no usable token of the account. `granted`: the scopes of the token, by OAuth 2.0. */
export type StepFailure =
  | { readonly kind: 'login'; readonly why: string }
  | {
      readonly kind: 'refused';
      readonly failure: XFailure;
      readonly as: AskedAs;
      readonly granted?: readonly string[] | undefined;
    };

/** `already`: X had it, or had it no more, before it was asked. */
export type StepAnswer = 'done' | 'already' | StepFailure;

/** X's limit for one call that deletes several. */
export const mostDeletedAtOnce = 100;

/** X's subscriptions of one app and webhook. Never rejects: what went wrong is part of the answer. */
export interface SubscriptionsApi {
  /** `withAccounts`: that the Account Activity API cannot be read is a failure, too. */
  present(withAccounts: boolean): Promise<XOutcome<Present>>;
  create(step: Create): Promise<StepAnswer>;
  update(step: Update): Promise<StepAnswer>;
  /** At most `mostDeletedAtOnce` ids; an answer for each, in their order. */
  deleteActivities(ids: readonly string[]): Promise<readonly StepAnswer[]>;
  deleteAccount(userId: string): Promise<StepAnswer>;
}

/** The keys of what was last applied, for the watcher to compare with what X has. */
export interface WantedStore {
  /** `undefined`: nothing was ever applied. */
  read(app: string): Promise<readonly string[] | undefined>;
  /** Replaces all at once: no reader sees a part. */
  save(app: string, keys: readonly string[]): Promise<void>;
}
