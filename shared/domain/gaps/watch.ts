import { type Advanced, advanceReplay, touched } from './advance-replay.ts';
import { withoutFuture } from './clock-steps.ts';
import { detectHeartbeat, wantsValidation } from './detect-heartbeat.ts';
import { detectInvalid } from './detect-invalid.ts';
import { detectRefusals } from './detect-refusals.ts';
import { detectSilence } from './detect-silence.ts';
import { detectStream } from './detect-stream.ts';
import { countSubscribed, detectSubscriptions } from './detect-subscriptions.ts';
import { tell } from './gap.ts';
import { minuteMs } from './interval.ts';
import { coverByStream, settleBreaks } from './other-way.ts';
import type { ReplayAnswer, ReplayJob } from './replay-job.ts';
import { rememberHold } from './validation-hold.ts';
import type { WatchRules } from './watch-rules.ts';
import type { Observations, Tick, ValidationAnswer, WatchState } from './watch-state.ts';

/** Requests are kept as long as a heartbeat can still come late. */
const requestsKeptMs = 120 * minuteMs;

/**
 * One tick: what the world shows and what the ledger remembers in, what the ledger shall remember and what to ask X
 * out. The intent to ask is part of the new state, so that a second tick at the same time asks nothing again.
 */
export function watch(before: Tick, seen: Observations, rules: WatchRules): Advanced {
  const { state: remembered, gaps } = withoutFuture(before, seen.nowMs);
  const beaten = detectHeartbeat({ state: lookAtX(remembered, seen), gaps }, seen, rules);
  const stopped = detectInvalid(beaten, seen);
  const refused = detectRefusals(stopped, seen, rules);
  const subscribed = detectSubscriptions(refused, seen);
  const silent = detectSilence(subscribed, seen);
  const covered = coverByStream(detectStream(silent, seen, rules), seen, rules);
  const replayed = advanceReplay(covered, seen, rules);
  const advanced = { ...replayed, ...settleBreaks(replayed, seen, rules) };
  if (!wantsValidation(advanced, seen, rules)) return advanced;
  const kept = advanced.state.requests.filter(({ atMs }) => atMs > seen.nowMs - requestsKeptMs);
  const state: WatchState = { ...advanced.state, requests: [...kept, { atMs: seen.nowMs, state: 'asked' }] };
  return { ...advanced, state, effects: [...advanced.effects, { kind: 'validate' }] };
}

/** Remembers the tick itself and what X says of the webhook. While that is invalid, no validation before has passed. */
function lookAtX(state: WatchState, observed: Observations): WatchState {
  const { nowMs, measured, webhook, subscriptions } = observed;
  const held = rememberHold(state, observed);
  const seen = {
    ...state,
    watchedAtMs: nowMs,
    ...(measured && { measuredAtMs: nowMs }),
    ...(subscriptions && { subscriptionsAtMs: nowMs, subscribed: countSubscribed(subscriptions) }),
    ...(held && { held }),
  };
  if (webhook.kind !== 'found') return seen;
  const { webhookId, valid } = webhook;
  const requests = state.requests.map((request) =>
    valid || request.atMs >= nowMs ? request : { atMs: request.atMs, state: 'failed' as const },
  );
  return { ...seen, webhookId, knownSinceMs: state.knownSinceMs ?? nowMs, requests };
}

/** What X's answer to the validation of `askedAtMs` means. Its heartbeat is counted from when X was really asked. */
export function answerValidation(
  state: WatchState,
  askedAtMs: number,
  { answer, sentAtMs }: { readonly answer: ValidationAnswer; readonly sentAtMs: number },
): WatchState {
  const answered = { atMs: sentAtMs, state: answer === 'unknown' ? 'asked' : answer } as const;
  const requests = state.requests.map((request) => (request.atMs === askedAtMs ? answered : request));
  return { ...state, requests };
}

/** What X's answer to the claimed job means for the ledger. */
export function answerReplay({ state, gaps }: Tick, answer: ReplayAnswer, nowMs: number, rules: WatchRules): Tick {
  const { job, ...idle } = state;
  if (job?.state !== 'claimed') return { state, gaps };
  const { window } = job;
  const told = (line: string) => touched(gaps, window, rules, (gap) => tell(gap, nowMs, line));
  switch (answer.kind) {
    case 'started': {
      const id = answer.jobId === undefined ? {} : { jobId: answer.jobId };
      const running: ReplayJob = { state: 'running', window, startedAtMs: job.claimedAtMs, ...id };
      const asked = touched(gaps, window, rules, (gap) => ({ ...gap, attempts: gap.attempts + 1 }));
      return { state: { ...idle, job: running }, gaps: asked };
    }
    case 'conflict': {
      const foreign: ReplayJob = { state: 'foreign', sinceMs: nowMs };
      return { state: { ...idle, job: foreign }, gaps: told('X runs another replay job; waiting for its end') };
    }
    case 'limited':
      return { state: { ...idle, pausedUntilMs: answer.untilMs }, gaps: told('X’s rate limit: asking again later') };
    case 'crc-failed':
      return {
        state: { ...idle, pausedUntilMs: nowMs + rules.recheckMs, crcFailedAtMs: nowMs },
        gaps: told('X’s CRC failed: validating'),
      };
    case 'refused':
      return {
        state: { ...idle, pausedUntilMs: nowMs + rules.conflictPauseMs },
        gaps: told(`X refused: ${answer.why}`),
      };
    case 'unknown':
      return { state, gaps: told(`no clear answer from X: ${answer.why}`) };
  }
}
