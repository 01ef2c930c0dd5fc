import { minuteMs } from './interval.ts';
import { defaultReplayRules, type ReplayRules } from './replay-rules.ts';

/** When the watcher doubts, asks and decides. */
export interface WatchRules extends ReplayRules {
  /** Quiet for this long, X is asked for a heartbeat. */
  readonly quietMs: number;
  /** A heartbeat belongs to a request if it was received within this time after it. */
  readonly heartbeatWindowMs: number;
  /** For so long after a CRC request with X's signature, none without it counts: X is known to sign them. */
  readonly signsForMs: number;
  /** While something is wrong, X is asked again after this time. */
  readonly recheckMs: number;
  /** A suspicion is decided no earlier than this after the missed request, so that a slow queue can show itself. */
  readonly decideAfterMs: number;
  /** A queue whose oldest message is older is behind: nothing can be said. */
  readonly queueBehindMs: number;
  /** No proof at all for this long, for whatever reason, is a gap. */
  readonly longestUnprovenMs: number;
  /** X tries a refused delivery again for five minutes; only then are refusals judged. */
  readonly refusalsRipeMs: number;
  /** Refused minutes this close belong together. */
  readonly coalesceMs: number;
  /** X's lists of subscriptions can be long: they are read only this often. */
  readonly subscriptionsEveryMs: number;
  /** A break of the stream that X has not filled back by then is a gap. */
  readonly streamBreakMs: number;
  /** How far back X's stream recovers what it sent (general pages of X's streams). */
  readonly streamHorizonMs: number;
}

export const defaultWatchRules: WatchRules = {
  ...defaultReplayRules,
  quietMs: 5 * minuteMs,
  heartbeatWindowMs: 15_000,
  signsForMs: 48 * 60 * minuteMs,
  recheckMs: 2 * minuteMs,
  decideAfterMs: 5 * minuteMs,
  queueBehindMs: 2 * minuteMs,
  longestUnprovenMs: 15 * minuteMs,
  refusalsRipeMs: 6 * minuteMs,
  coalesceMs: 5 * minuteMs,
  subscriptionsEveryMs: 15 * minuteMs,
  streamBreakMs: 10 * minuteMs,
  streamHorizonMs: 24 * 60 * minuteMs,
};
