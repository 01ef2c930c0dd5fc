import { randomUUID } from 'node:crypto';
import { member } from '../../shared/domain/json.ts';
import type { Clock } from '../../shared/ports.ts';
import { type AppSecrets, crcKey } from '../../shared/x/app-secrets.ts';
import { crcResponseToken } from '../../shared/x/crc.ts';

/** What an address made of a challenge, as X would judge it. */
export type CrcResult =
  | { readonly kind: 'passed'; readonly tookMs: number }
  /** `answeredWith`: another secret of the app, or none that is known. */
  | { readonly kind: 'wrong-token'; readonly answeredWith: 'other-secret' | 'unknown' }
  | { readonly kind: 'no-token' }
  | { readonly kind: 'redirected'; readonly status: number }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'too-slow' }
  | { readonly kind: 'tls'; readonly why: string }
  | { readonly kind: 'unreachable'; readonly why: string };

/** X gives a CRC three seconds in the legacy guide, ten in the newer one: the first is safe. */
export const crcLimitMs = 3_000;
const giveUpMs = 10_000;

/** Plays X's challenge-response check against the address. */
export async function playCrc(url: string, secrets: AppSecrets, clock: Clock): Promise<CrcResult> {
  // As X makes them: the base64 of a UUID.
  const token = Buffer.from(randomUUID()).toString('base64');
  const query = new URLSearchParams({ crc_token: token });
  const startedAt = performance.now();
  try {
    const response = await fetch(`${url}${url.includes('?') ? '&' : '?'}${query}`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(giveUpMs),
    });
    const body = await response.text();
    const tookMs = Math.round(performance.now() - startedAt);
    const { status } = response;
    if (status >= 300 && status < 400) return { kind: 'redirected', status };
    if (status !== 200) return { kind: 'status', status };
    const answer = responseToken(body);
    if (answer === undefined) return { kind: 'no-token' };
    return (
      judge(answer, token, secrets, clock.now()) ??
      (tookMs > crcLimitMs ? { kind: 'too-slow' } : { kind: 'passed', tookMs })
    );
  } catch (error) {
    return noAnswer(error);
  }
}

function judge(answer: string, token: string, secrets: AppSecrets, nowMs: number): CrcResult | undefined {
  const key = crcKey(secrets, nowMs);
  if (key !== undefined && answer === crcResponseToken(token, key)) return undefined;
  const others = [...secrets.clientSecrets, ...secrets.consumerSecrets];
  const isOther = others.some(({ value }) => answer === crcResponseToken(token, value));
  return { kind: 'wrong-token', answeredWith: isOther ? 'other-secret' : 'unknown' };
}

function responseToken(body: string): string | undefined {
  try {
    const token = member(JSON.parse(body), 'response_token');
    return typeof token === 'string' ? token : undefined;
  } catch {
    return undefined;
  }
}

/** fetch says only "fetch failed"; its cause knows why. */
function noAnswer(error: unknown): CrcResult {
  if (error instanceof DOMException && error.name === 'TimeoutError') return { kind: 'too-slow' };
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const why = cause instanceof Error ? cause.message || cause.name : String(cause);
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return /CERT|TLS|SSL|SIGNATURE/.test(code) ? { kind: 'tls', why } : { kind: 'unreachable', why };
}
