import { GaplessError } from '../errors.ts';

const throttles: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'TransactionConflictException',
  'SlowDown',
]);
const timeouts: ReadonlySet<string> = new Set(['TimeoutError', 'AbortError']);

/** AWS's word that this very request can never be right; any other 4xx is about rights, names or time. */
const refusals: ReadonlySet<string> = new Set(['ValidationException', 'SerializationException']);

/** ECONNRESET, EAI_AGAIN and their like; not ERR_INVALID_ARG_TYPE, nor the codes of `GaplessError`. */
const networkCode = /^E(?!RR_)[A-Z_]+$/;

/** Throttling, 5xx, network, timeouts: the same call may succeed a moment later. */
export function isTransient(error: unknown): boolean {
  const { name, status, code } = traits(error);
  if (status !== undefined) return status >= 500 || status === 429 || throttles.has(name);
  return timeouts.has(name) || throttles.has(name) || (code !== undefined && networkCode.test(code));
}

/**
 * Whether the failure lies in the record itself. A missing permission, table or credential does not: a deploy heals it,
 * and until then deliveries belong in the queue.
 */
function isRecordsFault(error: unknown): boolean {
  const { name, status } = traits(error);
  if (status !== undefined) return refusals.has(name);
  return !(isTransient(error) || error instanceof GaplessError || name === 'CredentialsProviderError');
}

/** `reason`: a name for logs and dead letters. Never the message, which may quote what was in the body. */
export function describeFailure(error: unknown): { readonly reason: string; readonly recordsFault: boolean } {
  const { name, code } = traits(error);
  return { reason: code ?? name, recordsFault: isRecordsFault(error) };
}

/** `code`: of a network error or a `GaplessError`. `status`: there is one when AWS answered. */
function traits(error: unknown): { readonly name: string; readonly code?: string; readonly status?: number } {
  if (!(error instanceof Error)) return { name: 'NotAnError' };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  return { name: error.name, ...code, ...answeredStatus(error) };
}

function answeredStatus(error: Error): { readonly status?: number } {
  if (!('$metadata' in error) || typeof error.$metadata !== 'object' || error.$metadata === null) return {};
  if (!('httpStatusCode' in error.$metadata) || typeof error.$metadata.httpStatusCode !== 'number') return {};
  return { status: error.$metadata.httpStatusCode };
}
