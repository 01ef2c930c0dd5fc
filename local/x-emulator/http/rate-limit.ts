import type { Clock } from '../../../shared/ports.ts';
import { apiFailure, type Reply } from './answers.ts';

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

/** Lets `limit` calls pass in every window of `windowMs`, which begins with its first call; answers 429 to the others. */
export function createRateLimit(clock: Clock, limit: number, windowMs: number) {
  let resetAtMs = 0;
  let used = 0;
  return async (call: () => Promise<Reply>): Promise<Reply> => {
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
