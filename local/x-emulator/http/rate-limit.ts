import type { Clock } from '../../../shared/ports.ts';
import { apiFailure, type Reply } from './answers.ts';
import type { Route } from './route.ts';

interface Allowance {
  readonly limit: number;
  readonly remaining: number;
  readonly resetAtMs: number;
}

/** docs.x.com rate limits; the reset in Unix seconds. */
export function rateLimitHeaders({ limit, remaining, resetAtMs }: Allowance): Readonly<Record<string, string>> {
  return {
    'x-rate-limit-limit': String(limit),
    'x-rate-limit-remaining': String(remaining),
    'x-rate-limit-reset': String(Math.ceil(resetAtMs / 1000)),
  };
}

const windowMs = 15 * 60_000;

/** Lets `limit` calls pass in every 15 minutes, which begin with the first of them; answers 429 to the others. */
function createRateLimit(clock: Clock, limit: number) {
  let resetAtMs = 0;
  let used = 0;
  return async (call: () => Reply | Promise<Reply>): Promise<Reply> => {
    if (clock.now() >= resetAtMs) {
      resetAtMs = clock.now() + windowMs;
      used = 0;
    }
    const isAllowed = used < limit;
    if (isAllowed) used += 1;
    const headers = rateLimitHeaders({ limit, remaining: limit - used, resetAtMs });
    const reply = isAllowed ? await call() : apiFailure(429);
    return typeof reply === 'string' ? reply : { ...reply, headers: { ...reply.headers, ...headers } };
  };
}

/** Gives the routes of each method a limit of their own, for all callers together: X counts per app. Who has no token is not counted. */
export function limitPerMethod(routes: readonly Route[], clock: Clock, limit: number): readonly Route[] {
  const limits = new Map(routes.map(({ method }) => [method, createRateLimit(clock, limit)]));
  return routes.map((route) => ({
    ...route,
    answer(request) {
      const limited = request.caller.kind === 'nobody' ? undefined : limits.get(route.method);
      return limited === undefined ? route.answer(request) : limited(() => route.answer(request));
    },
  }));
}
