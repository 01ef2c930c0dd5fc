import type { Clock } from '../../../shared/ports.ts';
import { limitPerMethod } from '../http/rate-limit.ts';
import { appRoute, type Route } from '../http/route.ts';
import type { ActivityStream } from '../stream/activity-stream.ts';

/** Connections and attempts in 15 minutes (docs.x.com rate limits). */
const rateLimit = 450;

/** The stream of X activity, for the app's token only (OpenAPI 2.167). */
export function streamRoutes(stream: Pick<ActivityStream, 'connect'>, clock: Clock): readonly Route[] {
  const route = appRoute('GET /2/activity/stream', ({ query }) => stream.connect(query));
  return limitPerMethod([route], clock, rateLimit);
}
