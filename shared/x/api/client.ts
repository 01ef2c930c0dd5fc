import { ApiError, Client } from '@xdevplatform/xdk';
import { readFailure, type XFailure } from './failure.ts';

/** An answer of X, or why there is none. */
export type XOutcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: XFailure };

export interface XClientOptions {
  /** `https://api.x.com`, or another X: the emulator's. */
  readonly baseUrl: string;
  readonly bearerToken: string;
  readonly timeoutMs: number;
}

/** X's own SDK, with the app's bearer token. Its calls are not tried again: some are not idempotent. */
export function createXClient({ baseUrl, bearerToken, timeoutMs }: XClientOptions): Client {
  return new Client({ baseUrl, bearerToken, timeout: timeoutMs, retry: false });
}

/** Runs one call of the SDK and tells X's refusals apart from calls that got no answer. */
export async function ask<T>(call: () => Promise<T>): Promise<XOutcome<T>> {
  try {
    return { ok: true, value: await call() };
  } catch (error) {
    return { ok: false, failure: toFailure(error) };
  }
}

function toFailure(error: unknown): XFailure {
  if (error instanceof ApiError && error.status > 0) {
    const rateLimitReset = error.headers.get('x-rate-limit-reset');
    return readFailure({ status: error.status, body: error.data, rateLimitReset });
  }
  return { detail: error instanceof Error ? error.message : 'no answer' };
}
