import { standingOf } from '../../shared/domain/subscriptions/home.ts';
import { subscriptionKey } from '../../shared/domain/subscriptions/keys.ts';
import { activityKey, type PresentActivity } from '../../shared/domain/subscriptions/present.ts';
import { GaplessError } from '../../shared/errors.ts';
import type { Terminal } from '../framework/terminal.ts';
import { counted } from '../output/counted.ts';
import { plainJson, plainText } from '../output/plain-text.ts';
import { failureAdvice } from './advice.ts';
import type { AppAtX } from './open-app.ts';

/** One subscription that X has. Those of Account Activity have no id, and reach the webhook they are listed for. */
interface Row {
  readonly subscription: string;
  /** Whether its events reach this stack's webhook. */
  readonly here: boolean;
  readonly activity?: PresentActivity;
}

export interface Listing {
  readonly app: string;
  readonly webhookId: string;
  readonly rows: readonly Row[];
}

/** What X has for the app, in the order of the alphabet. Throws `X_REFUSED`. */
export async function listApp(atX: AppAtX): Promise<Listing> {
  const { app, api, home } = atX;
  const present = await api.present(false);
  if (!present.ok) {
    throw new GaplessError(
      'X_REFUSED',
      `X does not list the subscriptions of app ${app}: ${failureAdvice(present.failure, atX)}`,
    );
  }
  const { activities, accounts } = present.value;
  const rows: readonly Row[] = [
    ...activities.map((activity) => ({
      subscription: activityKey(activity),
      here: standingOf(activity, home) === 'here',
      activity,
    })),
    ...accounts.map((userId) => ({ subscription: subscriptionKey({ product: 'aaa', userId }), here: true })),
  ];
  const sorted = rows.toSorted((one, other) => (one.subscription < other.subscription ? -1 : 1));
  return { app, webhookId: home.webhookId, rows: sorted };
}

export function listingLines({ app, webhookId, rows }: Listing, terminal: Terminal): readonly string[] {
  const width = Math.max(0, ...rows.map(({ subscription }) => subscription.length));
  return [
    `${terminal.style('bold', `app ${app}`)}, webhook ${webhookId}: ${rows.length === 0 ? 'X has no subscriptions' : counted(rows.length, 'subscription')}`,
    ...rows.map(({ subscription, here, activity }) => {
      const { subscriptionId = '', tag, webhookId: place, expiresAt } = activity ?? {};
      const notes = [
        here ? '' : place === undefined ? 'stream only' : `webhook ${place}`,
        tag === undefined ? '' : `tag ${plainText(tag)}`,
        expiresAt === undefined ? '' : `until ${plainText(expiresAt)}`,
      ];
      return `  ${plainText(subscription).padEnd(width)}  ${[subscriptionId, ...notes].filter(Boolean).join('  ')}`.trimEnd();
    }),
  ];
}

export function listingJson({ app, webhookId, rows }: Listing): readonly string[] {
  return rows.map(({ subscription, here, activity }) => {
    const { subscriptionId = null, type = 'all', filter, tag = null, expiresAt = null } = activity ?? {};
    const product = activity === undefined ? 'aaa' : 'xaa';
    const account = filter === undefined ? subscription.split(' ').at(-1) : (filter.userId ?? null);
    const place = activity === undefined ? webhookId : (activity.webhookId ?? null);
    const line = { app, subscription, product, type, account, keyword: filter?.keyword ?? null };
    const rest = { direction: filter?.direction ?? null, subscriptionId, tag, webhookId: place, here, expiresAt };
    return plainJson(JSON.stringify({ ...line, ...rest }));
  });
}
