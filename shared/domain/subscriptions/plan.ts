import { appAuth, authFor } from './auth.ts';
import type { Home } from './home.ts';
import { subscriptionKey } from './keys.ts';
import { planActivities } from './plan-activities.ts';
import type { Present } from './present.ts';
import type { Create, Delete, Plan } from './steps.ts';
import type { Wanted, WantedAccount } from './wanted.ts';

/**
 * What has to be done so that X has what is wanted. Creates and updates come in the order of `wanted`, deletes in that of
 * their keys, in whatever order X lists what it has. Only what reaches the home or was made for it is ever deleted.
 */
export function planSubscriptions(wanted: readonly Wanted[], present: Present, home: Home): Plan {
  const activities = planActivities(
    wanted.filter((one) => one.product === 'xaa'),
    present.activities,
    home,
  );
  const accounts = planAccounts(
    wanted.filter((one) => one.product === 'aaa'),
    present.accounts,
  );
  return {
    ...activities,
    creates: [...activities.creates, ...accounts.creates],
    deletes: [...activities.deletes, ...accounts.deletes],
    keeps: [...activities.keeps, ...accounts.keeps],
  };
}

/** X lists the Account Activity subscriptions of one webhook only, so they are all its own. */
function planAccounts(wanted: readonly WantedAccount[], present: readonly string[]) {
  const there = new Set(present);
  const asked = new Set(wanted.map(({ userId }) => userId));
  const missing = wanted.filter(({ userId }) => !there.has(userId));
  const surplus = present.filter((userId) => !asked.has(userId));
  return {
    creates: missing.map(subscribe),
    deletes: surplus.toSorted().map(unsubscribe),
    keeps: wanted.filter(({ userId }) => there.has(userId)).map(subscriptionKey),
  };
}

function subscribe(wanted: WantedAccount): Create {
  return { action: 'create', key: subscriptionKey(wanted), wanted, auth: authFor(wanted) };
}

function unsubscribe(userId: string): Delete {
  return { action: 'delete', key: subscriptionKey({ product: 'aaa', userId }), userId, auth: appAuth };
}
