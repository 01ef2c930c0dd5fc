import type { Clock } from '../../../shared/ports.ts';
import { ok, type Reply, refused } from '../http/answers.ts';
import { createRateLimit } from '../http/rate-limit.ts';
import { appRoute, type Route } from '../http/route.ts';
import type { ReplayJob } from '../replay/replay-job.ts';
import type { ReplayOutcome, ReplayRequests } from '../replay/replay-requests.ts';
import type { AnswerShape, ReplayRules } from '../replay/replay-rules.ts';

interface ReplayRoutesDeps {
  readonly clock: Clock;
  readonly replays: Pick<ReplayRequests, 'ask'>;
  readonly rules: Pick<ReplayRules, 'answerShape'>;
  /** The older shape names a user. */
  readonly userId: string;
}

/** docs.x.com rate limits, per app. */
const callsPerWindow = 100;
const windowMs = 15 * 60_000;

/** `POST /2/webhooks/replay`: a job that delivers again what was attempted (X's OpenAPI description; docs.x.com account activity quickstart). */
export function replayRoutes({ clock, replays, rules, userId }: ReplayRoutesDeps): readonly Route[] {
  const limit = createRateLimit(clock, callsPerWindow, windowMs);

  const answer = (outcome: ReplayOutcome): Reply => {
    if (outcome.kind === 'refused') return refused(outcome.reason, outcome.detail);
    const { job, script } = outcome;
    if (script.behaviour === 'lost-answer') return script.hang ? 'hang' : 'cut';
    return ok(shapes[script.answerShape ?? rules.answerShape](shown(job), userId));
  };

  return [appRoute('POST /2/webhooks/replay', ({ body }) => limit(async () => answer(await replays.ask(body, 'api'))))];
}

interface Shown {
  readonly job_id: string;
  readonly created_at: string;
}

function shown({ jobId, createdAtMs }: ReplayJob): Shown {
  return { job_id: jobId, created_at: new Date(createdAtMs).toISOString() };
}

const shapes: Readonly<Record<AnswerShape, (job: Shown, userId: string) => unknown>> = {
  data: (job) => ({ data: job }),
  flat: (job) => job,
  replay_event: (job, userId) => ({ for_user_id: userId, replay_event: job }),
};
