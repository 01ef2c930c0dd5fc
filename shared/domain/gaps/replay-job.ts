import { type Interval, minuteMs } from './interval.ts';
import type { WindowTrouble } from './plan-replay.ts';
import type { ReplayRules } from './replay-rules.ts';

/**
 * The one replay job that a webhook may have (X refuses a second with `ReplayConflictError`).
 *
 * `claimed`: X is being asked, its answer is not recorded yet (a crash may lie between) · `running`: X has it ·
 * `settling`: X said Complete; its last events may still be on their way · `foreign`: X says that a job runs which the
 * ledger does not know: a person's, or ours whose answer a crash lost. A foreign job is waited for and settles
 * nothing, since nobody can tell its window; what it brings are duplicates or a head start.
 */
export type ReplayJob =
  | { readonly state: 'claimed'; readonly window: Interval; readonly claimedAtMs: number }
  | { readonly state: 'running'; readonly window: Interval; readonly startedAtMs: number; readonly jobId?: string }
  | {
      readonly state: 'settling';
      readonly window: Interval;
      readonly startedAtMs: number;
      readonly endedAtMs: number;
      readonly jobId?: string;
    }
  | { readonly state: 'foreign'; readonly sinceMs: number };

/** X's answer to `POST /2/webhooks/replay`. `unknown`: nobody can tell whether X took it (a timeout, a broken line). */
export type ReplayAnswer =
  | { readonly kind: 'started'; readonly jobId?: string }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'crc-failed' }
  | { readonly kind: 'limited'; readonly untilMs: number }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'unknown'; readonly why: string };

/** X's message that a job ended, as the recorder put it into the ledger. */
export interface JobStatus {
  readonly jobId: string;
  readonly state: string;
  readonly receivedAtMs: number;
}

/** What was seen while the job ran and settled. */
export interface JobSigns {
  /** Replayed deliveries came in the newest minutes. */
  readonly stillComing: boolean;
  /** False: a queue that is behind, or metrics that can't be read, hide what came and what was refused. */
  readonly visible: boolean;
  /** POSTs that met a 5xx, 429 or timeout while it ran: X does not retry replayed events. */
  readonly refusals: number;
}

/** `step`: what the machine does next. Pure: the same signs at the same time give the same step. */
export type JobStep =
  | { readonly step: 'wait' }
  | { readonly step: 'ask-again' }
  | { readonly step: 'settle'; readonly endedAtMs: number }
  | { readonly step: 'complete'; readonly window: Interval; readonly askedAtMs: number }
  | { readonly step: 'failed'; readonly window: Interval; readonly why: string; readonly halve: boolean }
  | { readonly step: 'free' };

export function nextStep(
  job: ReplayJob,
  seen: { readonly nowMs: number; readonly statuses: readonly JobStatus[]; readonly signs: JobSigns },
  rules: ReplayRules,
): JobStep {
  const { nowMs, statuses, signs } = seen;
  switch (job.state) {
    case 'claimed':
      return nowMs - job.claimedAtMs >= rules.claimTimeoutMs ? { step: 'ask-again' } : { step: 'wait' };
    case 'running': {
      const ended = statuses.find((status) => endsJob(job, status));
      if (ended?.state === 'Complete') return { step: 'settle', endedAtMs: ended.receivedAtMs };
      if (ended) return { step: 'failed', window: job.window, why: `X says ${ended.state}`, halve: true };
      if (!isOverdue(job, nowMs, rules) || !signs.visible) return { step: 'wait' };
      if (signs.stillComing && nowMs - job.startedAtMs < 4 * rules.jobDeadlineMs) return { step: 'wait' };
      return { step: 'failed', window: job.window, why: 'no word from X that it ended', halve: false };
    }
    case 'settling': {
      const waitedMs = nowMs - job.endedAtMs;
      const patience = rules.settleMs + 10 * minuteMs;
      const settled = waitedMs >= rules.settleMs && (!signs.stillComing || waitedMs >= patience);
      if (!settled || !signs.visible) return { step: 'wait' };
      if (signs.refusals === 0) return { step: 'complete', window: job.window, askedAtMs: job.startedAtMs };
      return { step: 'failed', window: job.window, why: `${signs.refusals} deliveries were refused`, halve: true };
    }
    case 'foreign': {
      const ended = statuses.some(({ receivedAtMs }) => receivedAtMs >= job.sinceMs);
      return ended || nowMs - job.sinceMs >= rules.conflictPauseMs ? { step: 'free' } : { step: 'wait' };
    }
  }
}

/** X has not said in time that the job ended. There is no way to ask. */
export function isOverdue(job: ReplayJob, nowMs: number, rules: Pick<ReplayRules, 'jobDeadlineMs'>): boolean {
  return job.state === 'running' && nowMs - job.startedAtMs >= rules.jobDeadlineMs;
}

/** The message may overtake X's own answer to our request by seconds; without an id, any message since the start is its end. */
function endsJob(job: Extract<ReplayJob, { state: 'running' }>, status: JobStatus): boolean {
  return job.jobId === undefined ? status.receivedAtMs >= job.startedAtMs : status.jobId === job.jobId;
}

export function addTrouble(
  trouble: WindowTrouble | undefined,
  failed: { readonly window: Interval; readonly halve: boolean },
): WindowTrouble {
  const before = trouble?.fromMs === failed.window.fromMs ? trouble : { attempts: 0, halvings: 0 };
  return {
    fromMs: failed.window.fromMs,
    attempts: before.attempts + 1,
    halvings: before.halvings + (failed.halve ? 1 : 0),
  };
}
