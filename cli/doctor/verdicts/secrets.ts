import { type AppSecrets, crcKey, isFilled, liveValues } from '../../../shared/x/app-secrets.ts';
import { entriesOf, fingerprint, type SecretKind } from '../../../shared/x/secret-rotation.ts';
import type { CommandLine } from '../../target/command-line.ts';
import { type Finding, fail, ok, warn } from '../finding.ts';
import { lasting } from './lasting.ts';

const kinds: readonly SecretKind[] = ['client', 'consumer'];

/** Whether there are live signing secrets, by kind and fingerprint. */
export function judgeSecrets(secrets: AppSecrets, nowMs: number, command: CommandLine): Finding {
  if (!isFilled(secrets)) return fail('none is stored, so the receiver answers 503', command('secrets set'));
  const key = crcKey(secrets, nowMs);
  if (key === undefined) return fail('every entry has ended, so the receiver answers 503', command('secrets set'));
  const seen = kinds.flatMap((kind) =>
    liveValues(entriesOf(secrets, kind), nowMs).map((value) => `${kind} ${fingerprint(value)}`),
  );
  const entries = kinds.flatMap((kind) => entriesOf(secrets, kind));
  const end = entries.find(({ value }) => value === key)?.validUntil;
  if (end === undefined) return ok(`live: ${seen.join(', ')}`);
  return warn(
    `the one that answers X's checks, ${fingerprint(key)}, ends in ${lasting(end - nowMs)}`,
    command('secrets rotate'),
  );
}
