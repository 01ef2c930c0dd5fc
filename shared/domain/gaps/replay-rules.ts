import { minuteMs } from './interval.ts';

/** X's rules for replay jobs and our own prudence about them; all may be set per deployment. */
export interface ReplayRules {
  /** How far back X replays: 24 h by its newest specification, 5 days in older documents. */
  readonly horizonMs: number;
  /** Added on both sides of a gap: clocks differ, and X stamps an event when it was made, not when it was sent. */
  readonly marginMs: number;
  /** X advises windows of about two hours. */
  readonly longestWindowMs: number;
  /** A job's `from_date` must be this old (older documents of X; the newest only say "not in the future"). */
  readonly fromEmbargoMs: number;
  /** A job's `to_date` must be this old; events become replayable about ten minutes after they were made. */
  readonly toEmbargoMs: number;
  /** Attempts at one start of a window before it is given up. */
  readonly mostAttempts: number;
  /** No status message after this time, and nothing replayed any more: the job is taken as failed and its window asked for again. */
  readonly jobDeadlineMs: number;
  /** A job that was claimed but whose answer from X was never recorded is asked for again after this time. */
  readonly claimTimeoutMs: number;
  /** X's Complete may overtake the last events, and CloudWatch's refusals lag: what to wait after it. */
  readonly settleMs: number;
  /** How long to leave X alone after it refused a job because another one runs. */
  readonly conflictPauseMs: number;
}

export const defaultReplayRules: ReplayRules = {
  horizonMs: 24 * 60 * minuteMs,
  marginMs: 2 * minuteMs,
  longestWindowMs: 120 * minuteMs,
  fromEmbargoMs: 31 * minuteMs,
  toEmbargoMs: 10 * minuteMs,
  mostAttempts: 6,
  jobDeadlineMs: 30 * minuteMs,
  claimTimeoutMs: 2 * minuteMs,
  settleMs: 3 * minuteMs,
  conflictPauseMs: 5 * minuteMs,
};
