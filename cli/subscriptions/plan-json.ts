import { activityKey } from '../../shared/domain/subscriptions/present.ts';
import { pricesAsOf } from '../../shared/domain/subscriptions/prices.ts';
import { stepsOf } from '../../shared/domain/subscriptions/steps.ts';
import { plainJson } from '../output/plain-text.ts';
import type { AppPlan } from './plan-app.ts';
import { stepFields } from './step-fields.ts';

/** The plan of one app for programs: a line for each step and each subscription that stays, then one that sums up. */
export function planJson({ app, webhookId, plan, uses, fees, missingLogins }: AppPlan): readonly string[] {
  const { creates, updates, deletes, keeps, foreign } = plan;
  const summary = {
    create: creates.length,
    update: updates.length,
    delete: deletes.length,
    keep: keeps.length,
    foreign: foreign.length,
  };
  const lacking = missingLogins.filter(({ lacks }) => lacks.length > 0);
  const logins = {
    missingLogins: missingLogins.map(({ account }) => account),
    missingScopes: Object.fromEntries(lacking.map(({ account, lacks }) => [account, lacks])),
  };
  return [
    ...stepsOf(plan).map((step) => ({ action: step.action, app, ...stepFields(step) })),
    ...keeps.map((subscription) => ({ action: 'keep', app, subscription })),
    ...foreign.map((activity) => ({
      action: 'foreign',
      app,
      subscription: activityKey(activity),
      subscriptionId: activity.subscriptionId,
      webhookId: activity.webhookId ?? null,
    })),
    { action: 'summary', app, webhookId, ...summary, ...logins, limits: uses, fees, pricesAsOf },
  ].map((line) => plainJson(JSON.stringify(line)));
}
