import type { Gap } from './domain/gaps/gap.ts';
import type { Interval } from './domain/gaps/interval.ts';
import type { JobStatus, ReplayAnswer } from './domain/gaps/replay-job.ts';
import type { CountedMinute, MinuteSeen, Tick, ValidationAnswer } from './domain/gaps/watch-state.ts';
import type { Way } from './domain/way.ts';

/** One minute of an app as the recorder counted it, by receipt. What no delivery came of is 0. */
export interface CoverageMinute extends MinuteSeen {
  readonly events: number;
  readonly stored: number;
  readonly duplicates: number;
  readonly unknown: number;
  /** Of `stored` and `duplicates`: events that came late, as only replays bring them. */
  readonly storedLate: number;
  readonly duplicatesLate: number;
  /** Of `duplicates`: those that X's other way had brought. */
  readonly duplicatesOtherWay: number;
  /** Lines that X sent again after a break of the stream, and of `stored` what they brought. */
  readonly backfilled: number;
  readonly storedBackfill: number;
  /** Events by product. */
  readonly products: ReadonlyMap<string, number>;
}

export interface SeenHeartbeat {
  readonly receivedAtMs: number;
  readonly proven: boolean;
}

/** The watcher's memory and what the recorder left for it. Every method may throw, and then nothing was concluded. */
export interface WatchLedger {
  /** What the watcher remembers of the app, and its unfinished gaps. */
  load(app: string): Promise<Tick>;
  /**
   * Writes what changed, all of it or nothing, on condition that no other tick wrote since `before` was loaded.
   * The tick as it is loaded next; `undefined`: another tick was first, and nothing was written.
   */
  save(before: Tick, after: Tick): Promise<Tick | undefined>;
  /** Minutes in which anything was recorded that came this way (default: by the webhook), oldest first. */
  minutes(app: string, span: Interval, way?: Way): Promise<readonly CoverageMinute[]>;
  heartbeats(app: string, sinceMs: number): Promise<readonly SeenHeartbeat[]>;
  /** X's messages that a replay job ended. */
  jobStatuses(app: string): Promise<readonly JobStatus[]>;
  /** How many events that occurred in the span were stored late; a number that never falls. */
  storedLate(app: string, span: Interval): Promise<number>;
}

/** The gaps of all time, for people. */
export interface GapBook {
  /** A person's gap, to be replayed by the next ticks. */
  open(gap: Gap): Promise<'opened' | 'exists'>;
  /** Newest first, by where they begin. */
  list(app: string): Promise<readonly Gap[]>;
  get(app: string, gapId: string): Promise<Gap | undefined>;
}

/** What CloudWatch has of an app's webhook. */
export interface WebhookMeasures {
  /** POSTs answered with 5xx or 429, per minute. */
  readonly refusals: readonly CountedMinute[];
  /** POSTs answered with 401, per minute. */
  readonly unauthorized: readonly CountedMinute[];
  /** Of the queue that all apps share; the worst of the newest minutes. */
  readonly oldestMessageAgeMs: number;
}

export interface WebhookMetrics {
  /** Throws when CloudWatch can't be read. */
  read(app: string, span: Interval): Promise<WebhookMeasures>;
}

/** X's answer to "which webhooks do I have?". `unreachable`: none came, or there is no token to ask with. */
export type WebhookListing =
  | { readonly kind: 'listed'; readonly webhooks: readonly XWebhook[] }
  | { readonly kind: 'unreachable'; readonly why: string };

export interface XWebhook {
  readonly webhookId: string;
  readonly url: string;
  readonly valid: boolean;
}

/**
 * The keys of what X delivers to the webhook, and how many subscriptions of the X Activity API are not on it.
 * `unreachable`: X did not say all of it.
 */
export type SubscriptionListing =
  | { readonly kind: 'listed'; readonly keys: readonly string[]; readonly elsewhere: number }
  | { readonly kind: 'unreachable'; readonly why: string };

/** X's webhook API as one app speaks to it. Never rejects: what went wrong is part of the answer. */
export interface XWebhooks {
  list(): Promise<WebhookListing>;
  /** `wanted`: the keys that the answer is compared with. `all`: of products of which none is wanted, too. */
  subscriptions(webhookId: string, wanted: readonly string[], all?: boolean): Promise<SubscriptionListing>;
  validate(webhookId: string): Promise<{ readonly answer: ValidationAnswer; readonly why?: string }>;
  /** `nowMs`: X's rate limit without a time of its own counts from there. */
  replay(webhookId: string, window: Interval, nowMs: number): Promise<ReplayAnswer>;
}

/** When the app's signing secret was last changed, Unix milliseconds. Throws when that can't be read. */
export type SecretChangedAt = (app: string) => Promise<number | undefined>;

/** Until when an operator lets nobody make X check the webhook, Unix milliseconds; may be over. Throws when that can't be read. */
export type ValidationHeldUntil = () => Promise<number | undefined>;
