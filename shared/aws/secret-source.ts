import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
  type SecretsManagerClientConfig,
} from '@aws-sdk/client-secrets-manager';
import { GaplessError } from '../errors.ts';
import type { Clock, SecretSource, SecretsReading } from '../ports.ts';
import { isFilled, parseAppSecrets } from '../x/app-secrets.ts';
import { withinBudget } from './within-budget.ts';

/** X waits 3 s for a CRC (legacy guide), cold start included; so the read gets 2 s, within which one hung call is given up. */
export const secretClientConfig = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 800, requestTimeout: 900, throwOnRequestTimeout: true },
} as const satisfies SecretsManagerClientConfig;

/** While nothing is known, callers may come in floods; this many milliseconds lie between two questions. */
const unknownMaxAgeMs = 1_000;

export interface SecretSourceOptions {
  readonly client: SecretsManagerClient;
  readonly clock: Clock;
  /** ARN or name of the app's secret. */
  readonly secretId: string;
  readonly budgetMs?: number;
  /** Told when asking failed and what was known before stands; nothing else would show it. */
  readonly onStale: (error: GaplessError) => void;
}

/** The secrets of one app in Secrets Manager, asked for at most once at a time. */
export function createSecretSource({
  client,
  clock,
  secretId,
  budgetMs = 2_000,
  onStale,
}: SecretSourceOptions): SecretSource {
  let known: { readonly reading: SecretsReading; readonly askedAt: number } | undefined;
  let asking: Promise<SecretsReading> | undefined;

  const fetch = async (): Promise<SecretsReading> => {
    const { SecretString } = await withinBudget(budgetMs, (abortSignal) =>
      client.send(new GetSecretValueCommand({ SecretId: secretId }), { abortSignal }),
    );
    const secrets = parseAppSecrets(SecretString ?? '');
    return isFilled(secrets) ? { kind: 'available', secrets } : { kind: 'unavailable', error: notFilled(secretId) };
  };

  const ask = async (askedAt: number): Promise<SecretsReading> => {
    const reading = await fetch().catch((error: unknown): SecretsReading => {
      const problem = error instanceof GaplessError ? error : unreadable(secretId, error);
      if (known?.reading.kind !== 'available') return { kind: 'unavailable', error: problem };
      onStale(problem);
      return known.reading;
    });
    known = { reading, askedAt };
    return reading;
  };

  return {
    async read(maxAgeMs) {
      const now = clock.now();
      if (known !== undefined) {
        const limit = known.reading.kind === 'available' ? maxAgeMs : Math.min(maxAgeMs, unknownMaxAgeMs);
        if (now - known.askedAt < limit) return known.reading;
      }
      asking ??= ask(now).finally(() => {
        asking = undefined;
      });
      return asking;
    },
  };
}

function notFilled(secretId: string): GaplessError {
  return new GaplessError(
    'SECRET_EMPTY',
    `The secret ${secretId} has no entries yet. Put the app's secrets into it; until then X is asked to come again.`,
  );
}

function unreadable(secretId: string, error: unknown): GaplessError {
  // Also what Secrets Manager says of a secret that never got a value, as it is after the first deploy.
  if (error instanceof ResourceNotFoundException) return notFilled(secretId);
  const why = error instanceof Error ? error.name : 'unknown error';
  return new GaplessError(
    'SECRET_UNAVAILABLE',
    `The secret ${secretId} could not be read (${why}). Look at the function's permissions and at Secrets Manager's health.`,
    { cause: error },
  );
}
