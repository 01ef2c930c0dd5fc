import { type Answer, apiFailure } from '../http/answers.ts';
import { rateLimitHeaders } from '../http/rate-limit.ts';
import { type Outages, outageOf } from './outages.ts';

/** What X's API answers on `path` while it is down; `undefined` while it works. The emulator's own controls stay up. */
export function apiDown(outages: Pick<Outages, 'current'>, path: string): Answer | undefined {
  const outage = outageOf(outages, 'api-down');
  if (outage === undefined || !path.startsWith(outage.path ?? '/2/')) return undefined;
  const { status = 503, untilMs } = outage;
  const answer = apiFailure(status);
  if (status !== 429 || untilMs === undefined) return answer;
  return { ...answer, headers: rateLimitHeaders({ limit: 1, remaining: 0, resetAtMs: untilMs }) };
}
