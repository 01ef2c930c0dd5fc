import type { OutgoingEvent } from '../delivery/deliverer.ts';
import { accountOf } from '../payloads/account.ts';
import { toXBytes } from '../payloads/x-json.ts';
import type { Random } from '../random.ts';
import type { Store } from '../state/store.ts';
import type { XState } from '../state/x-state.ts';
import { type Outlet, outletsOf } from './outlets.ts';
import { createScene } from './scene.ts';

interface EventSourceDeps {
  readonly store: Store;
  readonly random: Random;
  readonly nextId: (atMs: number) => string;
  readonly isTaken: (key: string) => boolean;
}

/** The same function again saves a look at everything that is subscribed. */
type Wants = (kind: string) => boolean;

/** Makes the next event that happens at `atMs`; `undefined` when nothing of the wanted kinds is subscribed. */
export type EventSource = (atMs: number, wants: Wants) => OutgoingEvent | undefined;

function pickWeighted(outlets: readonly Outlet[], random: Random): Outlet | undefined {
  const total = outlets.reduce((sum, { weight }) => sum + weight, 0);
  let left = random() * total;
  return outlets.find(({ weight }) => {
    left -= weight;
    return left < 0;
  });
}

export function createEventSource({ store, random, nextId, isTaken }: EventSourceDeps): EventSource {
  let known: { readonly state: XState; readonly wants: Wants; readonly outlets: readonly Outlet[] } | undefined;
  const wantedOutlets = (wants: Wants) => {
    const { state } = store;
    if (known?.state !== state || known.wants !== wants) {
      known = { state, wants, outlets: outletsOf(state).filter(({ kind }) => wants(kind)) };
    }
    return known.outlets;
  };

  return (atMs, wants) => {
    const outlet = pickWeighted(wantedOutlets(wants), random);
    if (outlet === undefined) return undefined;
    const { kind, webhookId, accountId } = outlet;
    const account = accountOf(/^\d+$/.test(accountId) ? accountId : '1');
    // What has no id is told apart by its time: one that has happened already happens a moment later.
    for (let at = Math.floor(atMs); ; at += 1) {
      const made = outlet.make(createScene({ account, atMs: at, random, nextId }));
      const key = [kind, made.accountId ?? accountId, made.subject].join(':');
      if (isTaken(key)) continue;
      const onStream = kind.startsWith('xaa.');
      return { key, kind, webhookId, onStream, createdAtMs: at, body: toXBytes(made.body) };
    }
  };
}
