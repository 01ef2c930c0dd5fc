import type { ReplayJobStatus } from './event.ts';
import { id } from './ids.ts';
import { member, text } from './json.ts';

/** X's word that a replay job ended. `undefined` when it does not say which job. */
export function readReplayJobStatus(status: unknown): ReplayJobStatus | undefined {
  const jobId = id(member(status, 'job_id'));
  if (jobId === undefined) return undefined;
  const webhookId = id(member(status, 'webhook_id'));
  const description = text(member(status, 'job_state_description'));
  return {
    jobId,
    state: text(member(status, 'job_state')) ?? 'Unknown',
    ...(webhookId !== undefined && { webhookId }),
    ...(description !== undefined && { description }),
  };
}
