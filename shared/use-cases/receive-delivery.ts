import { GaplessError } from '../errors.ts';
import type { Clock, DeliveryQueue, SecretSource, SignatureScheme } from '../ports.ts';
import { type AppSecrets, liveValues } from '../x/app-secrets.ts';
import { couldBeCrcToken } from '../x/crc.ts';
import { readSignatures, type SignatureClaims, verify } from '../x/signature.ts';
import { maxSecretAgeMs, noLiveSecret } from './secret-ages.ts';

export type RefusalReason = 'missing-signature' | 'malformed-signature' | 'wrong-signature' | 'crc-token-body';

export type Receipt =
  | { readonly kind: 'accepted'; readonly scheme: SignatureScheme }
  | { readonly kind: 'refused'; readonly reason: RefusalReason }
  | { readonly kind: 'secrets-unavailable'; readonly error: GaplessError }
  | { readonly kind: 'queue-unavailable'; readonly error: GaplessError };

/** One POST as it came. `signatures`: the two headers' values, where sent. */
export interface SignedRequest {
  readonly app: string;
  readonly body: Uint8Array;
  readonly signatures: SignatureClaims;
  readonly traceId: string;
}

export interface ReceiveDeliveryDeps {
  readonly clock: Clock;
  readonly secrets: SecretSource;
  readonly queue: DeliveryQueue;
}

type Claims = Readonly<Record<SignatureScheme, readonly Uint8Array[]>>;

type Proof =
  | { readonly kind: 'proven'; readonly scheme: SignatureScheme }
  | { readonly kind: 'refused'; readonly reason: 'wrong-signature' }
  | { readonly kind: 'secrets-unavailable'; readonly error: GaplessError };

/**
 * Proves a POST by its bytes and hands it to the queue. `accepted` means durable. Whatever the body says, it is
 * accepted, except one that could itself have been a CRC token: anyone can obtain the signature of such a body.
 */
export async function receiveDelivery(deps: ReceiveDeliveryDeps, request: SignedRequest): Promise<Receipt> {
  const receivedAt = new Date(deps.clock.now()).toISOString();
  const { app, body, signatures, traceId } = request;
  if (!signatures.oauth2 && !signatures.legacy) return { kind: 'refused', reason: 'missing-signature' };
  const claims = { oauth2: readSignatures(signatures.oauth2 ?? ''), legacy: readSignatures(signatures.legacy ?? '') };
  if (claims.oauth2.length + claims.legacy.length === 0) return { kind: 'refused', reason: 'malformed-signature' };
  if (couldBeCrcToken(body)) return { kind: 'refused', reason: 'crc-token-body' };

  const proof = await prove(deps, body, claims);
  if (proof.kind !== 'proven') return proof;
  try {
    await Promise.all([
      deps.queue.send({ app, via: 'webhook', scheme: proof.scheme, receivedAt, traceId, body }),
      deps.secrets.read(maxSecretAgeMs.refreshed),
    ]);
  } catch (error) {
    if (error instanceof GaplessError) return { kind: 'queue-unavailable', error };
    throw error;
  }
  return { kind: 'accepted', scheme: proof.scheme };
}

/** A signature that does not hold may be made with a secret newer than the known ones: they are looked up once more. */
async function prove({ clock, secrets }: ReceiveDeliveryDeps, body: Uint8Array, claims: Claims): Promise<Proof> {
  const known = await secrets.read(maxSecretAgeMs.trusted);
  if (known.kind === 'unavailable') return { kind: 'secrets-unavailable', error: known.error };
  const proof = proveWith(known.secrets, clock.now(), body, claims);
  if (proof.kind === 'proven') return proof;
  const newest = await secrets.read(maxSecretAgeMs.doubted);
  if (newest.kind === 'unavailable') return { kind: 'secrets-unavailable', error: newest.error };
  return newest.secrets === known.secrets ? proof : proveWith(newest.secrets, clock.now(), body, claims);
}

function proveWith(secrets: AppSecrets, now: number, body: Uint8Array, claims: Claims): Proof {
  const clientSecrets = liveValues(secrets.clientSecrets, now);
  const consumerSecrets = liveValues(secrets.consumerSecrets, now);
  if (clientSecrets.length + consumerSecrets.length === 0)
    return { kind: 'secrets-unavailable', error: noLiveSecret() };
  if (verify(claims.oauth2, body, clientSecrets)) return { kind: 'proven', scheme: 'oauth2' };
  if (verify(claims.legacy, body, consumerSecrets)) return { kind: 'proven', scheme: 'legacy' };
  return { kind: 'refused', reason: 'wrong-signature' };
}
