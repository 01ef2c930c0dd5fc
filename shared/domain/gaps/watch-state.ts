import type { Gap } from './gap.ts';
import { type Interval, minuteMs } from './interval.ts';
import type { Settled, WindowTrouble } from './plan-replay.ts';
import type { JobStatus, ReplayJob } from './replay-job.ts';

/**
 * A validation that the watcher asked X for (`PUT /2/webhooks/:id`).
 *
 * `asked`: nobody knows whether X took it (a crash or a timeout lies between), so it can't be missed · `taken`: X sends
 * a CRC, and its heartbeat can be missed · `failed`: X did not like our answer (a wrong secret, say), so its heartbeat,
 * though it reached the table, proves nothing.
 */
export interface ValidationRequest {
  readonly atMs: number;
  readonly state: 'asked' | 'taken' | 'failed';
}

/** X's answer to it. `unknown`: none came, or X was busy. */
export type ValidationAnswer = 'taken' | 'failed' | 'unknown';

/** How quiet a product of an app has been. */
export interface Quiet {
  readonly sinceMs: number;
  readonly lastAtMs: number;
  readonly longestMs: number;
}

/**
 * How many subscriptions X had for the app when it was last asked. `elsewhere`: of the X Activity API and not on the
 * webhook, so that only the stream carries their events; absent where X did not say.
 */
export interface Subscribed {
  readonly xaa: number;
  /** Of other products, or wanted there. */
  readonly others: number;
  readonly elsewhere?: number;
}

/** All that the watcher remembers of one app between ticks; one item in the ledger, written on condition of its version. */
export interface WatchState {
  readonly app: string;
  readonly webhookId?: string;
  readonly version: number;
  /** When X first said that it has the webhook. What was refused or quiet before that is no outage. */
  readonly knownSinceMs?: number;
  /** The newest tick, and the newest that could read the metrics: the next one reads on from there. */
  readonly watchedAtMs?: number;
  readonly measuredAtMs?: number;
  /** Newest proof that the whole way from X to the table works. */
  readonly lastGoodAtMs?: number;
  /** The newest CRC request that X itself had signed. */
  readonly provenAtMs?: number;
  readonly requests: readonly ValidationRequest[];
  readonly job?: ReplayJob;
  /** When the newest jobs ran, so that refusals they caused open no gap. */
  readonly jobsRan: readonly Interval[];
  /** Windows that are replayed or written off. */
  readonly settled: readonly Settled[];
  readonly trouble?: WindowTrouble;
  readonly pausedUntilMs?: number;
  /** When X refused a replay because its CRC failed: the webhook is to be validated, whatever else holds. */
  readonly crcFailedAtMs?: number;
  /** The newest time in which nobody might make X check the webhook. */
  readonly held?: Interval;
  /** When it was last known what X has of the wanted subscriptions. */
  readonly subscriptionsAtMs?: number;
  readonly subscribed?: Subscribed;
  /** Up to here every break of the stream's coverage is a gap. Absent before its first connection, and without a stream. */
  readonly streamJudgedToMs?: number;
  /** With a stream: what the webhook missed and no replay brought. */
  readonly unreturned?: readonly Interval[];
  /** Minutes whose refusals have been judged. */
  readonly judged: readonly number[];
  readonly quiet: Readonly<Record<string, Quiet>>;
}

export function newWatchState(app: string): WatchState {
  return { app, version: 0, requests: [], jobsRan: [], settled: [], judged: [], quiet: {} };
}

/** One minute of an app as the recorder counted it. */
export interface MinuteSeen {
  readonly minuteMs: number;
  readonly deliveries: number;
  readonly lastReceivedAtMs: number;
  /** Deliveries that a replay brought. */
  readonly replayed: number;
}

/** What X should deliver and what it has, as readable keys such as `xaa like.create 2244994945`. */
export interface SubscriptionsSeen {
  readonly wanted: readonly string[];
  readonly present: readonly string[];
  /** Subscriptions of the X Activity API that are not on the webhook. */
  readonly elsewhere?: number;
}

export interface CountedMinute {
  readonly minuteMs: number;
  readonly count: number;
}

/** What one tick sees of the world. */
export interface Observations {
  readonly nowMs: number;
  /** Since `coverageFrom`, oldest first; quiet minutes are absent. */
  readonly minutes: readonly MinuteSeen[];
  /** CRC requests that passed the whole way. `proven`: X's own signature was on it. */
  readonly heartbeats: readonly { readonly receivedAtMs: number; readonly proven: boolean }[];
  readonly webhook:
    | { readonly kind: 'found'; readonly webhookId: string; readonly valid: boolean }
    | { readonly kind: 'absent' }
    | { readonly kind: 'unreachable' };
  /** An operator is changing the secret: nobody may make X check the webhook now. */
  readonly validationHeld: boolean;
  /** False: the metrics could not be read. Then there are no refusals here, and nothing is concluded from that. */
  readonly measured: boolean;
  /** POSTs answered with 5xx or 429, or not at all, per minute; as far back as `measuredFrom` says. */
  readonly refusals: readonly CountedMinute[];
  /** POSTs answered with 401, per minute. */
  readonly unauthorized: readonly CountedMinute[];
  readonly secretChangedAtMs?: number;
  /** Infinite when it could not be read. */
  readonly oldestMessageAgeMs: number;
  readonly statuses: readonly JobStatus[];
  /** Events in the bounds of an unfinished gap that were stored late, as only replays do; a counter that never falls. */
  readonly storedLate: ReadonlyMap<string, number>;
  /** Newest event per product. */
  readonly products: ReadonlyMap<string, number>;
  /** Absent in ticks that did not look, or that X did not answer. */
  readonly subscriptions?: SubscriptionsSeen;
  /** Times of which everything that X sent by its stream is in the queue, oldest first. Absent where there is no stream. */
  readonly stream?: readonly Interval[];
}

/** Deliveries of the hour before an outage say what a replay of it should bring; with a margin for the outage's start. */
const lookBackMs = 75 * minuteMs;

/** The first minute whose coverage a tick needs: since the newest proof, and all that a job has brought. */
export function coverageFrom({ lastGoodAtMs, job }: WatchState, nowMs: number): number {
  const startedAtMs = job && 'startedAtMs' in job ? job.startedAtMs : nowMs;
  return Math.floor(Math.min(lastGoodAtMs ?? nowMs, nowMs - lookBackMs, startedAtMs) / minuteMs) * minuteMs;
}

export interface Tick {
  readonly state: WatchState;
  readonly gaps: readonly Gap[];
}

/** What is to be asked of X once the tick's intent is in the ledger. */
export type Effect = { readonly kind: 'validate' } | { readonly kind: 'replay'; readonly window: Interval };
