import { ok, refused } from '../http/answers.ts';
import { openRoute, type Route } from '../http/route.ts';
import type { Outages } from '../outages/outages.ts';
import type { ReplayJobs } from '../replay/replay-jobs.ts';
import type { ReplayRequests } from '../replay/replay-requests.ts';
import { explaining } from './admin-fields.ts';
import { parseOutage } from './admin-outage-requests.ts';
import { parseReplays } from './admin-replay-requests.ts';

interface DisturbanceRoutesDeps {
  readonly outages: Outages;
  readonly jobs: Pick<ReplayJobs, 'list'>;
  readonly replays: ReplayRequests;
}

/** The emulator's own controls of outages and replay jobs, without authentication. */
export function disturbanceRoutes({ outages, jobs, replays }: DisturbanceRoutesDeps): readonly Route[] {
  return [
    openRoute(
      'POST /admin/outage',
      explaining(({ body }) => {
        const request = parseOutage(body);
        if (request.kind === 'end') outages.end(request.mode);
        else outages.start(request.outage);
        return ok({ outages: outages.current() });
      }),
    ),

    openRoute('GET /admin/jobs', () => ok({ jobs: jobs.list() })),

    openRoute(
      'POST /admin/replays',
      explaining(async ({ body }) => {
        const parsed = parseReplays(body);
        if (parsed.kind === 'next') {
          replays.script(parsed.scripts);
          return ok({ next: parsed.scripts });
        }
        const outcome = await replays.ask(parsed.request, 'person', parsed.script);
        return outcome.kind === 'started' ? ok({ job: outcome.job }) : refused(outcome.reason, outcome.detail);
      }),
    ),
  ];
}
