import { createHash } from 'node:crypto';
import type { AppSecrets, SecretEntry } from './app-secrets.ts';

/** `client` signs the newer header and, where the app has one, answers the CRC; `consumer` signs the older header. */
export type SecretKind = 'client' | 'consumer';

export function entriesOf(secrets: AppSecrets, kind: SecretKind): readonly SecretEntry[] {
  return kind === 'client' ? secrets.clientSecrets : secrets.consumerSecrets;
}

export function withEntries(secrets: AppSecrets, kind: SecretKind, entries: readonly SecretEntry[]): AppSecrets {
  return kind === 'client' ? { ...secrets, clientSecrets: entries } : { ...secrets, consumerSecrets: entries };
}

/** Names an entry without telling it: X's secrets are too long to be guessed from this. */
export function fingerprint(value: string): string {
  return createHash('sha256').update(value).digest('hex').slice(0, 8);
}

/**
 * The new secret in front, where it answers the CRC, and the others beside it until `untilMs`, so that what X signed
 * before the change still proves itself. What was to end sooner does; what has ended goes.
 */
export function replaceSecret(
  entries: readonly SecretEntry[],
  value: string,
  { nowMs, untilMs }: { readonly nowMs: number; readonly untilMs: number },
): readonly SecretEntry[] {
  const old = entries
    .filter((entry) => entry.value !== value && (entry.validUntil ?? untilMs) > nowMs)
    .map((entry) => ({ value: entry.value, validUntil: Math.min(entry.validUntil ?? untilMs, untilMs) }));
  return [{ value }, ...old];
}

/** The new secret behind those that are there: it proves deliveries, and the CRC is answered as before. */
export function addSecret(entries: readonly SecretEntry[], value: string): readonly SecretEntry[] {
  return entries.some((entry) => entry.value === value) ? entries : [...entries, { value }];
}
