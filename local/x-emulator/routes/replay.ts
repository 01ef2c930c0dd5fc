import type { Clock } from '../../../shared/ports.ts';
import { ok, type Reply, refused } from '../http/answers.ts';
import { limitPerMethod } from '../http/rate-limit.ts';
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

/** In 15 minutes (docs.x.com rate limits). */
const mostCalls = 100;

/** `POST /2/webhooks/replay`: a job that delivers again what was attempted (X's OpenAPI description; docs.x.com account activity quickstart). */
export function replayRoutes({ clock, replays, rules, userId }: ReplayRoutesDeps): readonly Route[] {
  const answer = (outcome: ReplayOutcome): Reply => {
    if (outcome.kind === 'refused') return refused(outcome.reason, outcome.detail);
    const { job, script } = outcome;
    if (script.behaviour === 'lost-answer') return script.hang ? 'hang' : 'cut';
    return ok(shapes[script.answerShape ?? rules.answerShape](shown(job), userId));
  };

  const ask = appRoute('POST /2/webhooks/replay', async ({ body }) => answer(await replays.ask(body, 'api')));
  return limitPerMethod([ask], clock, mostCalls);
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
