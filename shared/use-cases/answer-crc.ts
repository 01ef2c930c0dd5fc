import type { GaplessError } from '../errors.ts';
import type { Clock, SecretSource } from '../ports.ts';
import { type AppSecrets, crcKey, liveValues } from '../x/app-secrets.ts';
import { crcResponseToken, crcSignedText, readCrcToken } from '../x/crc.ts';
import { readSignatures, type SignatureClaims, verify } from '../x/signature.ts';
import type { HeartbeatOutcome, PassHeartbeat } from './pass-heartbeat.ts';
import { maxSecretAgeMs, noLiveSecret } from './secret-ages.ts';

export type CrcAnswer =
  | { readonly kind: 'answered'; readonly responseToken: string; readonly heartbeat: HeartbeatOutcome }
  | { readonly kind: 'bad-token'; readonly reason: 'missing' | 'repeated' | 'outside-alphabet' }
  | { readonly kind: 'secrets-unavailable'; readonly error: GaplessError };

/** One GET as it came. */
export interface CrcRequest {
  readonly app: string;
  readonly rawQueryString: string;
  readonly signatures: SignatureClaims;
}

export interface AnswerCrcDeps {
  readonly clock: Clock;
  readonly secrets: SecretSource;
  readonly passHeartbeat: PassHeartbeat;
}

/**
 * Answers X's challenge-response check. A bad token costs no HMAC and no look at the secrets. A check that can be
 * answered is a heartbeat: it goes through the queue to the ledger before the answer, since afterwards the function is
 * frozen. Its fate does not change the answer.
 */
export async function answerCrc(
  { clock, secrets, passHeartbeat }: AnswerCrcDeps,
  { app, rawQueryString, signatures }: CrcRequest,
): Promise<CrcAnswer> {
  const receivedAt = new Date(clock.now()).toISOString();
  const read = readCrcToken(rawQueryString);
  if (read.kind === 'bad-token') return read;
  // Waiting for a fresh secret is worth it: after a rotation the old one's answer would disable the webhook at once.
  const reading = await secrets.read(maxSecretAgeMs.doubted);
  if (reading.kind === 'unavailable') return { kind: 'secrets-unavailable', error: reading.error };
  const key = crcKey(reading.secrets, clock.now());
  if (key === undefined) return { kind: 'secrets-unavailable', error: noLiveSecret() };
  const signedText = crcSignedText(read.token, rawQueryString);
  const proven = signedText !== undefined && isSignedByX(signedText, signatures, reading.secrets, clock.now());
  const heartbeat = await passHeartbeat({ app, receivedAt, proven });
  return { kind: 'answered', responseToken: crcResponseToken(read.token, key), heartbeat };
}

/** No page says which secret signs a CRC under which header; only X and the app have any of them. */
function isSignedByX(text: string, signatures: SignatureClaims, secrets: AppSecrets, now: number): boolean {
  const claimed = Object.values(signatures).flatMap(readSignatures);
  const live = [...liveValues(secrets.clientSecrets, now), ...liveValues(secrets.consumerSecrets, now)];
  return verify(claimed, Buffer.from(text), live);
}
