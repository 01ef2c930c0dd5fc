import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { webhookPath } from '../../shared/domain/webhook-path.ts';
import type { Settings } from '../settings.ts';

/** How requests come in from the internet: what the rest of the stack needs to know of it. */
export interface WebhookDoor {
  /** `https://host` */
  readonly origin: string;
  /** Answers of 4xx and 5xx, those that no code of ours gave included. */
  readonly clientErrors: Metric;
  readonly serverErrors: Metric;
  /** The function whose failed and throttled invocations no log of the door has; absent: the log has them. */
  readonly unloggedFunction?: string;
}

/** App → the path of its webhook. */
export function webhookPaths({ apps }: Settings): ReadonlyMap<string, string> {
  return new Map(apps.map((app) => [app, webhookPath(app)]));
}

/** App → what X is told for it. */
export function webhookUrls(settings: Settings, { origin }: WebhookDoor): Readonly<Record<string, string>> {
  return Object.fromEntries([...webhookPaths(settings)].map(([app, path]) => [app, `${origin}${path}`]));
}

/** Of what became of the requests; the command line reads it, too. */
export function doorMetricsNamespace({ stackName }: Settings): string {
  return `Gapless/${stackName}`;
}
