import { counted } from '../../output/counted.ts';
import { ok } from '../finding.ts';
import type { Check } from '../run-checks.ts';
import type { Site } from '../site.ts';
import { judgeWebhook } from '../verdicts/webhook.ts';
import { lookAtSubscriptions } from './subscriptions.ts';

/** What X says about the app. */
export const xSideChecks: readonly Check<Site>[] = [
  {
    name: 'api token',
    needs: [],
    look: async ({ webhooks }) => ok(`X takes it, and shows ${counted((await webhooks()).length, 'webhook')}`),
  },
  {
    name: 'webhook',
    needs: ['api token'],
    look: async ({ webhooks, url, command }) => judgeWebhook(await webhooks(), url, command),
  },
  {
    name: 'subscriptions',
    needs: ['webhook'],
    look: lookAtSubscriptions,
  },
];
