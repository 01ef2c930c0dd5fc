import { GaplessError } from '../../shared/errors.ts';
import { type AppSecrets, liveValues } from '../../shared/x/app-secrets.ts';
import type { SecretKind } from '../../shared/x/secret-rotation.ts';
import type { OptionSpecs } from '../framework/command.ts';

export const kindOption = {
  kind: { type: 'string', value: 'KIND', summary: 'client or consumer (default: the one that answers X’s checks)' },
} as const satisfies OptionSpecs;

/** Which secret answers X's checks: the client secret where the app has one. */
export function crcKind({ clientSecrets }: AppSecrets, nowMs: number): SecretKind {
  return liveValues(clientSecrets, nowMs).length > 0 ? 'client' : 'consumer';
}

/** Throws `USAGE`. */
export function parseKind(text: string | undefined, secrets: AppSecrets, nowMs: number): SecretKind {
  if (text === undefined) return crcKind(secrets, nowMs);
  if (text === 'client' || text === 'consumer') return text;
  throw new GaplessError('USAGE', `--kind ${JSON.stringify(text)} is neither client nor consumer`);
}
