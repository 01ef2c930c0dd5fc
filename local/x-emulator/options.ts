import type { LocalClock } from '../clock.ts';
import type { Random } from './random.ts';
import type { ReplayRules } from './replay/replay-rules.ts';

export interface XEmulatorOptions {
  /** On 127.0.0.1; 0, the default, takes a free one. */
  readonly port?: number;
  readonly clock: LocalClock;
  readonly consumerSecret: string;
  /** OAuth 2.0 client secret. With it CRCs must be answered with it, and deliveries carry both signatures. */
  readonly clientSecret?: string | undefined;
  readonly bearerToken: string;
  /** Keeps webhooks, subscriptions and what was sent between runs. */
  readonly dataDir?: string;
  /** Traffic, duplicates and disorder follow it: a seeded one makes them repeatable. */
  readonly random?: Random;
  readonly log?: (line: string) => void;
  /** Called at each request to the receiver: aborts when its time for the answer is over. Default: after 10 real seconds, as X’s. */
  readonly startAnswerLimit?: () => AbortSignal;
  /** Default 5 webhooks, 5,000 Account Activity and 75,000 X Activity subscriptions: X's enterprise tier. */
  readonly webhookLimit?: number;
  readonly accountSubscriptionLimit?: number;
  readonly activitySubscriptionLimit?: number;
  /** Whether CRC requests carry a signature (the legacy enterprise guide; v2 is silent). Default true. */
  readonly signsChecks?: boolean;
  /** What differs from `defaultReplayRules`. */
  readonly replay?: Partial<ReplayRules>;
  /** Bodies are forgotten once X can replay them no more. True keeps them all, to compare with what was stored. */
  readonly keepsBodies?: boolean;
}
