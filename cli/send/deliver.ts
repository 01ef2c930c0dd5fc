import { type SigningKey, signedHeaders } from './signing.ts';

/** What the webhook said. `unreachable`: it said nothing. */
export type DeliveryResult =
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'unreachable'; readonly reason: string };

/** X waits ten seconds for an answer (docs.x.com, webhooks introduction). */
const timeoutMs = 10_000;

/** POSTs the exact bytes, signed, as X would. A redirect is an answer like any other: X follows none. */
export async function deliver(url: string, key: SigningKey, body: Uint8Array<ArrayBuffer>): Promise<DeliveryResult> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: signedHeaders(key, body),
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    return { kind: 'answered', status: response.status };
  } catch (error) {
    return { kind: 'unreachable', reason: reasonOf(error) };
  }
}

/** fetch says only "fetch failed"; its cause knows why. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message || error.name;
}
