import { activityTypeOf } from '../activity-types.ts';
import { makeFilteredStreamPost } from '../payloads/filtered-stream.ts';
import { randomSigned64 } from '../random.ts';
import type { ActivitySubscription, XState } from '../state/x-state.ts';
import { aaaKinds } from './aaa-kinds.ts';
import type { Made, Scene } from './scene.ts';
import { weightOf } from './weights.ts';
import { xaaKinds } from './xaa-kinds.ts';

/** A kind of event that is subscribed, for one account or keyword. */
export interface Outlet {
  /** `aaa.like`, `xaa.post.create`, `filtered_stream.post`. */
  readonly kind: string;
  /** Without it: for the activity stream alone. */
  readonly webhookId: string | undefined;
  /** The subscribed account's id, or the keyword. */
  readonly accountId: string;
  readonly weight: number;
  make(scene: Scene): Made;
}

function outlet(kind: string, webhookId: string | undefined, accountId: string, make: Outlet['make']): Outlet {
  return { kind, webhookId, accountId, weight: weightOf(kind), make };
}

/** Half of the envelopes carry a time, since X sends both. */
function activityOutlets({ eventType, filter, tag, webhookId }: ActivitySubscription): readonly Outlet[] {
  const type = activityTypeOf(eventType);
  if (type === undefined) return [];
  const make = (scene: Scene) => {
    const { random, atMs } = scene;
    return xaaKinds[type](scene, {
      eventUuid: randomSigned64(random),
      filter,
      ...(tag !== undefined && { tag }),
      ...(random() < 0.5 && { createdAtMs: atMs }),
    });
  };
  return [outlet(`xaa.${type}`, webhookId, filter.user_id ?? filter.keyword ?? '-', make)];
}

const rules = [{ id: '120897978112909812', tag: 'made-up-rule' }];

function streamPost({ id, stranger, seed }: Scene): Made {
  return { subject: id, body: makeFilteredStreamPost({ ...seed(stranger), rules }) };
}

/** Everything that the state lets X deliver. */
export function outletsOf(state: XState): readonly Outlet[] {
  return [
    ...state.accountSubscriptions.flatMap(({ webhookId, userId }) =>
      Object.entries(aaaKinds).map(([name, make]) => outlet(`aaa.${name}`, webhookId, userId, make)),
    ),
    ...state.activitySubscriptions.flatMap(activityOutlets),
    ...state.streamLinks.map(({ webhookId }) => outlet('filtered_stream.post', webhookId, '-', streamPost)),
  ];
}

/** Every kind there is, subscribed or not. */
export const knownKinds: readonly string[] = [
  ...Object.keys(aaaKinds).map((name) => `aaa.${name}`),
  ...Object.keys(xaaKinds).map((type) => `xaa.${type}`),
  'filtered_stream.post',
];
