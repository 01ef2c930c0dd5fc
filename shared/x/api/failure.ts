/** X's named reasons (docs.x.com: webhooks quickstart, account activity quickstart). A prefix of `errors[].message`. */
export const failureReasons = [
  'CrcValidationFailed',
  'UrlValidationFailed',
  'DuplicateUrlFailed',
  'WebhookLimitExceeded',
  'WebhookIdInvalid',
  'DuplicateSubscriptionFailed',
  'SubscriptionLimitExceeded',
  'SubscriptionNotFound',
  'QueryParamInvalid',
  'ReplayConflictError',
] as const;
export type FailureReason = (typeof failureReasons)[number];

/** A call to X that did not succeed. `status` is absent when no answer came (a timeout, a broken connection). */
export interface XFailure {
  readonly status?: number;
  readonly reason?: FailureReason;
  /** X's own words, for a person; X puts no secret into them. */
  readonly detail: string;
  /** X has it already: 400 or 409 and a text with `Duplicate` (docs as read in October 2026). */
  readonly duplicate?: true;
  /** When X's rate limit opens again, Unix milliseconds. */
  readonly retryAtMs?: number;
}

/** Codes of the older API that still appear: a replay job runs; the CRC was too slow. */
const reasonByCode: Readonly<Record<number, FailureReason>> = {
  355: 'ReplayConflictError',
  214: 'CrcValidationFailed',
};

/**
 * Reads every error shape that X's documents show: `errors[].message` with the reason as a prefix, a problem
 * (`title`, `detail`), `{code, message}`, or text.
 */
export function readFailure(answer: {
  readonly status: number;
  readonly body: unknown;
  readonly rateLimitReset?: string | null;
}): XFailure {
  const texts = [...textsOf(answer.body)];
  const reason = failureReasons.find((name) =>
    texts.some((text) => text.startsWith(name) || text.includes(`${name}:`)),
  );
  const known =
    reason ??
    codesOf(answer.body)
      .map((code) => reasonByCode[code])
      .find((found) => found !== undefined);
  const byStatus = answer.status === 409 ? 'ReplayConflictError' : undefined;
  const resetSeconds = Number(answer.rateLimitReset ?? Number.NaN);
  const named = known ?? byStatus;
  return {
    status: answer.status,
    ...(named === undefined ? {} : { reason: named }),
    detail: texts[0] ?? `HTTP ${answer.status}`,
    ...((answer.status === 400 || answer.status === 409) && texts.some((text) => /duplicate/i.test(text))
      ? { duplicate: true }
      : {}),
    ...(Number.isFinite(resetSeconds) && answer.status === 429 ? { retryAtMs: resetSeconds * 1000 } : {}),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function problemsOf(body: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (!isRecord(body)) return [];
  const { errors } = body;
  return [...(Array.isArray(errors) ? errors.filter(isRecord) : []), body];
}

function* textsOf(body: unknown): Generator<string> {
  if (typeof body === 'string' && body !== '') yield body.slice(0, 300);
  for (const problem of problemsOf(body)) {
    for (const name of ['message', 'detail', 'title', 'type'] as const) {
      const text = problem[name];
      if (typeof text === 'string' && text !== '') yield text;
    }
  }
}

function codesOf(body: unknown): readonly number[] {
  return problemsOf(body).flatMap(({ code }) => (typeof code === 'number' ? [code] : []));
}
