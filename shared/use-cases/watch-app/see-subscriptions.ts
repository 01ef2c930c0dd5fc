import type { Observations } from '../../domain/gaps/watch-state.ts';
import { GaplessError } from '../../errors.ts';
import type { WantedStore } from '../../subscription-ports.ts';
import type { XWebhooks } from '../../watch-ports.ts';
import { nameOf } from './name-of-error.ts';

export interface SubscriptionDeps {
  readonly x: Pick<XWebhooks, 'subscriptions'>;
  readonly wanted: Pick<WantedStore, 'read'>;
}

/** Without `subscriptions` nobody knows: that X can't be asked is no drift. */
export type SeenSubscriptions = Pick<Observations, 'subscriptions'> & { readonly problems: readonly string[] };

/**
 * What was last applied and what X has of it. Where nothing was ever applied, nothing can be missing; `all`: X is asked
 * even then, and for all products, since what it has says which way carries an event. Never rejects.
 */
export async function seeSubscriptions(
  { x, wanted }: SubscriptionDeps,
  app: string,
  webhookId: string,
  all = false,
): Promise<SeenSubscriptions> {
  try {
    const before = (await wanted.read(app)) ?? [];
    if (before.length === 0 && !all) return { subscriptions: { wanted: [], present: [] }, problems: [] };
    const listing = await x.subscriptions(webhookId, before, all);
    if (listing.kind === 'unreachable') return { problems: [`X does not say what is subscribed: ${listing.why}`] };
    // What somebody applies at this moment is wanted before X was asked or after, and missing in neither case.
    const after = new Set(await wanted.read(app));
    const still = before.filter((key) => after.has(key));
    const { keys, elsewhere } = listing;
    return { subscriptions: { wanted: still, present: keys, elsewhere }, problems: [] };
  } catch (error) {
    const why = error instanceof GaplessError ? error.message : nameOf(error);
    return { problems: [`what should be subscribed can't be read: ${why}`] };
  }
}
