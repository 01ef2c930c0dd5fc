import type { GaplessError } from '../errors.ts';
import type { Clock, SecretSource } from '../ports.ts';
import { crcKey } from '../x/app-secrets.ts';
import { crcResponseToken, readCrcToken } from '../x/crc.ts';
import { maxSecretAgeMs, noLiveSecret } from './secret-ages.ts';

export type CrcAnswer =
  | { readonly kind: 'answered'; readonly responseToken: string }
  | { readonly kind: 'bad-token'; readonly reason: 'missing' | 'repeated' | 'outside-alphabet' }
  | { readonly kind: 'secrets-unavailable'; readonly error: GaplessError };

/** Answers X's challenge-response check. A bad token costs no HMAC and no look at the secrets. */
export async function answerCrc(
  { clock, secrets }: { readonly clock: Clock; readonly secrets: SecretSource },
  rawQueryString: string,
): Promise<CrcAnswer> {
  const read = readCrcToken(rawQueryString);
  if (read.kind === 'bad-token') return read;
  // Waiting for a fresh secret is worth it: after a rotation the old one's answer would disable the webhook at once.
  const reading = await secrets.read(maxSecretAgeMs.doubted);
  if (reading.kind === 'unavailable') return { kind: 'secrets-unavailable', error: reading.error };
  const key = crcKey(reading.secrets, clock.now());
  if (key === undefined) return { kind: 'secrets-unavailable', error: noLiveSecret() };
  return { kind: 'answered', responseToken: crcResponseToken(read.token, key) };
}
