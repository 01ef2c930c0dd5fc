import type { AppSecretStore } from '../../shared/aws/app-secret-store.ts';
import { GaplessError } from '../../shared/errors.ts';
import type { Clock } from '../../shared/ports.ts';
import type { AppSecrets } from '../../shared/x/app-secrets.ts';
import { addSecret, entriesOf, replaceSecret, type SecretKind, withEntries } from '../../shared/x/secret-rotation.ts';
import type { Verdict } from './check-at-x.ts';

export interface Rotation {
  readonly kind: SecretKind;
  readonly value: string;
  /** How long the old one proves deliveries. */
  readonly overlapMs: number;
  /** Whether X takes the new one as the app's. */
  readonly verdict: Verdict;
  /** Goes on where X does not take it, or cannot be asked. */
  readonly unchecked: boolean;
}

/**
 * Puts the new secret beside the old one. Which one stands first answers X's checks, and a check answered with the wrong
 * one disables the webhook at once, so the order follows what X takes now: the new one goes first only once X takes
 * it. Both prove deliveries either way. Run again with the same value, it moves that one to the front.
 * Throws `CREDENTIALS_MALFORMED`, and changes nothing, where X does not take it.
 */
export async function rotateSecret(
  store: AppSecretStore,
  { kind, value, overlapMs, verdict, unchecked }: Rotation,
  clock: Clock,
): Promise<'in-front' | 'behind'> {
  if (verdict !== 'accepted' && !unchecked) throw notTaken(kind, verdict);
  const nowMs = clock.now();
  await store.change((secrets) => {
    const entries = entriesOf(secrets, kind);
    const next =
      verdict === 'accepted'
        ? replaceSecret(entries, value, { nowMs, untilMs: nowMs + overlapMs })
        : addSecret(entries, value);
    return withEntries(secrets, kind, next);
  });
  return verdict === 'accepted' ? 'in-front' : 'behind';
}

/** Lets the secrets of before answer X's checks again; the new one stays, so that what X signed with it is not refused. */
export async function putBack(
  store: AppSecretStore,
  before: AppSecrets,
  { kind, value }: Pick<Rotation, 'kind' | 'value'>,
): Promise<void> {
  await store.change((secrets) => withEntries(secrets, kind, addSecret(entriesOf(before, kind), value)));
}

function notTaken(kind: SecretKind, verdict: Verdict): GaplessError {
  const why =
    verdict === 'refused'
      ? `X does not take it as the app's ${kind} secret: it is not regenerated yet, or not copied whole`
      : 'X could not be asked whether it takes it (the stack needs the client id or consumer key that belongs to it, and X must answer)';
  return new GaplessError(
    'CREDENTIALS_MALFORMED',
    `Nothing was changed: ${why}. Run it again when that is mended; --unchecked puts it behind the old one, where it proves deliveries and answers no check.`,
  );
}
