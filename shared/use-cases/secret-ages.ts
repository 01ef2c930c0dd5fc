import { GaplessError } from '../errors.ts';

/** How old the known secrets may be, in milliseconds, before Secrets Manager is asked again. */
export const maxSecretAgeMs = {
  /** To be used at all without waiting. */
  trusted: 15 * 60_000,
  /** Beside a delivery that is being sent on: a frozen function does nothing in the background. */
  refreshed: 60_000,
  /** When a signature does not hold, or a CRC is answered. Also bounds what a flood of forged requests may ask. */
  doubted: 5_000,
} as const;

export function noLiveSecret(): GaplessError {
  return new GaplessError(
    'SECRET_EMPTY',
    'Every secret of the app is past its validUntil, so that nothing can be proven. Add the current one to the secret.',
  );
}
