import type { Clock } from '../../../shared/ports.ts';
import type { Retry } from '../delivery/retries.ts';
import type { Outstanding } from '../outstanding.ts';
import { toXBytes } from '../payloads/x-json.ts';
import type { Random } from '../random.ts';
import { isDelivered, type SentEvent } from '../state/sent-event.ts';
import type { SentLog } from '../state/sent-log.ts';
import { type RedeliveryDeps, redeliver } from './redelivery.ts';
import { isBusy, type ReplayJob, type StartedBy, statusMessage } from './replay-job.ts';
import type { ReplayRules } from './replay-rules.ts';
import { bodyRulesOf, courseOf, delayOf, type ReplayScript } from './replay-script.ts';
import type { ReplayWindow } from './replay-window.ts';
import { replayableEvents } from './replayable-events.ts';
import { replayedBody } from './replayed-body.ts';

export interface ReplayJobs {
  /** In the order of their creation. */
  list(): readonly ReplayJob[];
  isBusy(webhookId: string): boolean;
  start(webhookId: string, window: ReplayWindow, startedBy: StartedBy, script: ReplayScript): ReplayJob;
}

interface ReplayJobsDeps extends RedeliveryDeps {
  readonly clock: Clock;
  readonly rules: ReplayRules;
  readonly random: Random;
  readonly sent: SentLog;
  readonly retry: Retry;
  readonly outstanding: Outstanding;
  readonly nextId: () => string;
}

/** Runs the jobs that X took: each sends its events once more and then says, as an event of its own, how it ended. */
export function createReplayJobs(deps: ReplayJobsDeps): ReplayJobs {
  const { clock, rules, random, sent, send, retry, outstanding, nextId } = deps;
  const jobs = new Map<string, ReplayJob>();

  const update = (jobId: string, change: (job: ReplayJob) => Partial<ReplayJob>) => {
    const job = jobs.get(jobId);
    if (job) jobs.set(jobId, { ...job, ...change(job) });
  };

  const sendStatus = async ({ jobId, webhookId }: ReplayJob, isComplete: boolean) => {
    const message = { webhookId, body: toXBytes(statusMessage(jobId, webhookId, isComplete)) };
    const attempt = () => send(message);
    const status = await attempt();
    if (status === undefined) return;
    update(jobId, () => ({ status }));
    if (!isDelivered(status)) outstanding.track(retry(attempt));
  };

  const run = async (job: ReplayJob, script: ReplayScript) => {
    const { jobId, webhookId, window } = job;
    const fromMs = job.createdAtMs + (delayOf(script) ?? rules.beginsAfterMs);
    await outstanding.sleepUntil(fromMs);
    const events = replayableEvents(sent.events.values(), webhookId, window, rules);
    update(jobId, () => ({ state: 'running', beganAtMs: clock.now(), events: events.length }));

    const bodyRules = bodyRulesOf(script, rules);
    const bodyOf = (body: Uint8Array) => replayedBody(body, bodyRules, random);
    const count = (isTaken: boolean) =>
      update(jobId, ({ delivered, refused }) => (isTaken ? { delivered: delivered + 1 } : { refused: refused + 1 }));
    const deliver = (some: readonly SentEvent[]) =>
      redeliver(deps, { events: some, webhookId, jobId, fromMs, bodyOf, count });

    const course = courseOf(script, events.length);
    await deliver(events.slice(0, course.beforeStatus));
    const isComplete = course.claimsComplete && jobs.get(jobId)?.refused === 0;
    update(jobId, () => ({ state: isComplete ? 'complete' : 'incomplete' }));
    if (course.hasStatus) await sendStatus(job, isComplete);
    await deliver(events.slice(course.beforeStatus, course.inAll));
    update(jobId, () => ({ endedAtMs: clock.now() }));
  };

  return {
    list: () => [...jobs.values()],
    isBusy: (webhookId) => [...jobs.values()].some((job) => job.webhookId === webhookId && isBusy(job)),
    start(webhookId, window, startedBy, script) {
      const job: ReplayJob = {
        jobId: nextId(),
        webhookId,
        window,
        startedBy,
        behaviour: script.behaviour,
        state: 'waiting',
        createdAtMs: clock.now(),
        events: 0,
        delivered: 0,
        refused: 0,
      };
      jobs.set(job.jobId, job);
      outstanding.track(run(job, script));
      return job;
    },
  };
}
