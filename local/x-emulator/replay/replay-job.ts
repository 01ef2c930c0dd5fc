import type { Attempt } from '../state/sent-event.ts';
import type { Behaviour } from './replay-script.ts';
import type { ReplayWindow } from './replay-window.ts';

/** Whose request started it: the API's, or a person's at X's console (here `POST /admin/replays`). */
export type StartedBy = 'api' | 'person';

/** One replay job, for comparison with what the receiver makes of it. Times are Unix ms of the emulator's clock. */
export interface ReplayJob {
  readonly jobId: string;
  readonly webhookId: string;
  readonly window: ReplayWindow;
  readonly startedBy: StartedBy;
  readonly behaviour: Behaviour;
  /** `waiting` and `running` keep the webhook from another job. */
  readonly state: 'waiting' | 'running' | 'complete' | 'incomplete';
  readonly createdAtMs: number;
  readonly beganAtMs?: number;
  /** After its last event and its message. */
  readonly endedAtMs?: number;
  /** Events in the window; of those it tried `delivered` were answered with 200 and `refused` were not. */
  readonly events: number;
  readonly delivered: number;
  readonly refused: number;
  /** The first attempt at the message that it ended; absent when none was made. */
  readonly status?: Attempt;
}

export function isBusy({ state }: ReplayJob): boolean {
  return state === 'waiting' || state === 'running';
}

/** X's message that a job ended (docs.x.com, Account Activity replay). */
export function statusMessage(jobId: string, webhookId: string, isComplete: boolean) {
  return {
    replay_job_status: {
      webhook_id: webhookId,
      job_state: isComplete ? 'Complete' : 'Incomplete',
      job_state_description: isComplete
        ? 'Job completed successfully'
        : 'Job failed to deliver all events, please retry your replay job',
      job_id: jobId,
    },
  };
}
