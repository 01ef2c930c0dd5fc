import { type Answer, invalidRequest } from '../http/answers.ts';

/** `live`: from now on, after what came in the last `backfillMs`; `past`: that span of time, then the end. */
export type StreamRequest =
  | { readonly kind: 'live'; readonly backfillMs: number }
  | { readonly kind: 'past'; readonly fromMs: number; readonly toMs: number };

const minuteMs = 60_000;
/** How far back `start_time` may lie (docs.x.com recovery and redundancy). */
const horizonMs = 24 * 60 * minuteMs;
const timePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

function timeOf(text: string): number {
  return timePattern.test(text) ? Date.parse(text) : Number.NaN;
}

/** `backfill_minutes`, `start_time`, `end_time`; or why not. Without `end_time` the span ends now. */
export function parseStreamRequest(
  query: URLSearchParams,
  nowMs: number,
): StreamRequest | { readonly refusal: Answer } {
  const refuse = (message: string) => ({ refusal: invalidRequest(message) });
  const backfill = query.get('backfill_minutes');
  const start = query.get('start_time');
  const end = query.get('end_time');
  if (backfill !== null && !/^[0-5]$/.test(backfill)) return refuse('backfill_minutes: must be between 0 and 5');
  if (start === null) {
    if (end !== null) return refuse('end_time: start_time is missing');
    return { kind: 'live', backfillMs: Number(backfill ?? 0) * minuteMs };
  }
  if (backfill !== null) return refuse('backfill_minutes: cannot be used together with start_time');
  const fromMs = timeOf(start);
  const toMs = end === null ? nowMs : timeOf(end);
  if (Number.isNaN(fromMs)) return refuse('start_time: YYYY-MM-DDTHH:mm:ssZ expected');
  if (Number.isNaN(toMs)) return refuse('end_time: YYYY-MM-DDTHH:mm:ssZ expected');
  if (fromMs < nowMs - horizonMs) return refuse('start_time: must not be older than 24 hours');
  if (toMs > nowMs) return refuse('end_time: must not be in the future');
  if (fromMs >= toMs) return refuse('end_time: must be later than start_time');
  return { kind: 'past', fromMs, toMs };
}
