import { appAuth, authFor } from './auth.ts';
import { type Home, isOwn, markOf, type Standing, standingOf } from './home.ts';
import { subscriptionKey } from './keys.ts';
import { activityKey, type PresentActivity } from './present.ts';
import type { Create, Delete, Plan, Update } from './steps.ts';
import type { WantedActivity } from './wanted.ts';

/** What of the X Activity API is to be done. Of several that are present under one key the nearest to the home is taken. */
export function planActivities(
  wanted: readonly WantedActivity[],
  present: readonly PresentActivity[],
  home: Home,
): Plan {
  const byKey = Map.groupBy(present, activityKey);
  const taken = wanted.map((one) => take(one, byKey.get(subscriptionKey(one)) ?? [], home));
  const chosen = new Set(taken.map(({ usable }) => usable));
  const rest = present.filter((activity) => !chosen.has(activity)).toSorted(byKeyAndId);
  const changes = taken.map((one) => changeOf(one, home));
  return {
    creates: taken.flatMap((one) => createOf(one, home)),
    updates: changes.filter((change) => change !== undefined),
    deletes: rest.filter((activity) => isOwn(activity, home)).map(deleteOf),
    keeps: taken.flatMap(({ key, usable }, index) => (usable && changes[index] === undefined ? [key] : [])),
    foreign: rest.filter((activity) => !isOwn(activity, home)),
  };
}

/** A wanted subscription with what is there for it. */
interface Taken {
  readonly key: string;
  readonly wanted: WantedActivity;
  readonly usable?: PresentActivity;
  /** The same one for a webhook of somebody else. */
  readonly elsewhere?: PresentActivity;
}

const nearestFirst: readonly Standing[] = ['here', 'made-for', 'adrift'];

function take(wanted: WantedActivity, candidates: readonly PresentActivity[], home: Home): Taken {
  const sorted = candidates.toSorted(byKeyAndId);
  const usable = nearestFirst
    .map((standing) => sorted.find((activity) => standingOf(activity, home) === standing))
    .find((activity) => activity !== undefined);
  const [elsewhere] = sorted;
  return {
    key: subscriptionKey(wanted),
    wanted,
    ...(usable !== undefined && { usable }),
    ...(usable === undefined && elsewhere !== undefined && { elsewhere }),
  };
}

function createOf({ key, wanted, usable, elsewhere }: Taken, home: Home): readonly Create[] {
  if (usable !== undefined) return [];
  const tag = wanted.tag ?? markOf(home);
  const webhook = elsewhere?.webhookId;
  const create: Create = { action: 'create', key, wanted, tag, auth: authFor(wanted) };
  return [webhook === undefined ? create : { ...create, elsewhere: webhook }];
}

/** A tag is changed only for another one that the file gives. */
function changeOf({ key, wanted, usable }: Taken, home: Home): Update | undefined {
  if (usable === undefined) return undefined;
  const change = {
    ...(usable.webhookId !== home.webhookId && { webhookId: home.webhookId }),
    ...(wanted.tag !== undefined && wanted.tag !== usable.tag && { tag: wanted.tag }),
  };
  if (Object.keys(change).length === 0) return undefined;
  return { action: 'update', key, subscriptionId: usable.subscriptionId, change, auth: appAuth };
}

function deleteOf(activity: PresentActivity): Delete {
  const { userId } = activity.filter;
  const step: Delete = { action: 'delete', key: activityKey(activity), activity, auth: appAuth };
  return userId === undefined ? step : { ...step, userId };
}

function byKeyAndId(one: PresentActivity, other: PresentActivity): number {
  const [left, right] = [one, other].map((activity) => `${activityKey(activity)} ${activity.subscriptionId}`);
  return (left ?? '') < (right ?? '') ? -1 : 1;
}
