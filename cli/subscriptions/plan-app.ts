import { lackingScopes } from '../../shared/domain/subscriptions/auth.ts';
import { subscriptionKey } from '../../shared/domain/subscriptions/keys.ts';
import { type Use, usesOf } from '../../shared/domain/subscriptions/limits.ts';
import { planSubscriptions } from '../../shared/domain/subscriptions/plan.ts';
import { type Fee, feesOf } from '../../shared/domain/subscriptions/prices.ts';
import type { Plan, Step } from '../../shared/domain/subscriptions/steps.ts';
import type { Wanted } from '../../shared/domain/subscriptions/wanted.ts';
import { GaplessError } from '../../shared/errors.ts';
import { failureAdvice } from './advice.ts';
import type { AppAtX } from './open-app.ts';

/** What is to be done for one app, and what comes of it. */
export interface AppPlan {
  readonly app: string;
  readonly webhookId: string;
  readonly plan: Plan;
  readonly wantedKeys: readonly string[];
  readonly uses: readonly Use[];
  readonly fees: readonly Fee[];
  readonly missingLogins: readonly MissingLogin[];
}

/** An account that has to log in before what is planned can be done. */
export interface MissingLogin {
  readonly account: string;
  /** The scopes that its login has not; none: it never logged in. */
  readonly lacks: readonly string[];
  /** By which it does. */
  readonly command: string;
}

/** Compares what is wanted with what X has. Throws `X_REFUSED`. */
export async function planApp(atX: AppAtX, wanted: readonly Wanted[]): Promise<AppPlan> {
  const { app, api, home } = atX;
  const present = await api.present(wanted.some(({ product }) => product === 'aaa'));
  if (!present.ok) {
    throw new GaplessError(
      'X_REFUSED',
      `X does not list the subscriptions of app ${app}: ${failureAdvice(present.failure, atX)}`,
    );
  }
  const plan = planSubscriptions(wanted, present.value, home);
  return {
    app,
    webhookId: home.webhookId,
    plan,
    wantedKeys: wanted.map(subscriptionKey),
    uses: usesOf(plan, present.value),
    fees: feesOf(wanted),
    missingLogins: missingLogins(plan, atX),
  };
}

function missingLogins({ creates }: Plan, { loginOf, login }: AppAtX): readonly MissingLogin[] {
  const ofAccounts = creates.flatMap(({ auth }) => (auth.kind === 'account' && !auth.orApp ? [auth] : []));
  return [...Map.groupBy(ofAccounts, ({ userId }) => userId)].flatMap(([account, auths]) => {
    const known = loginOf(account);
    const needed = [...new Set(auths.flatMap(({ scopes }) => scopes))];
    const lacks = known?.scheme === 'oauth2' ? lackingScopes(needed, known.scopes).toSorted() : [];
    return known !== undefined && lacks.length === 0 ? [] : [{ account, lacks, command: login(account) }];
  });
}

export const changesOf = ({ plan }: AppPlan): number => plan.creates.length + plan.updates.length + plan.deletes.length;

/** Whose token a step takes, for people, beside the key of the step, which names the account. */
export function authText({ auth }: Step): string {
  if (auth.kind === 'app') return 'app';
  return `account (${auth.scopes.join(' ')})${auth.orApp ? ', or app' : ''}`;
}
