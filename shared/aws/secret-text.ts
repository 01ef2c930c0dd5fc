import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { GaplessError } from '../errors.ts';

/** The current text of a secret, and the version it is. Both absent: it never got a value. */
interface Current {
  readonly text?: string;
  readonly versionId?: string;
}

/** A writer that lost looks again after a moment: Secrets Manager may still show the version that it lost to as absent. */
const pauseMs = 150;
const rereadsBeforeNextRound = 8;
const mostAttempts = 60;

/** Throws `SECRET_UNAVAILABLE`. A secret without a value has no text. */
export async function readSecretText(client: SecretsManagerClient, secretId: string): Promise<string | undefined> {
  return (await readCurrent(client, secretId)).text;
}

/**
 * Replaces the text by what `change` makes of it, without losing anybody else's change; `change` runs again when somebody
 * was faster. Secrets Manager has no conditional write, but it makes a version only once: the id of the next version is
 * derived from that of the one it replaces, so that of all who replace the same version one succeeds. Returns the new text.
 */
export async function changeSecretText(
  client: SecretsManagerClient,
  secretId: string,
  change: (text: string | undefined) => string,
): Promise<string> {
  let before: Current | undefined;
  let rereads = 0;
  let round = 0;
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const current = await readCurrent(client, secretId);
    if (before !== undefined && current.versionId === before.versionId) {
      rereads += 1;
      // Still the same long after: somebody set the secret back to an older version, whose successor is taken.
      if (rereads % rereadsBeforeNextRound === 0) round += 1;
    } else {
      rereads = 0;
      round = 0;
    }
    before = current;
    const text = change(current.text);
    if (text === current.text) return text;
    if (await putVersion(client, secretId, nextVersionId(secretId, current.versionId, round), text)) return text;
    await sleep(pauseMs);
  }
  throw new GaplessError(
    'SECRET_UNAVAILABLE',
    `The secret ${secretId} was not changed: others keep changing it at the same moment. Run the command again.`,
  );
}

/** False when the version exists and is another's, or is current no more. */
async function putVersion(client: SecretsManagerClient, secretId: string, versionId: string, text: string) {
  try {
    const { VersionStages = [] } = await client.send(
      new PutSecretValueCommand({ SecretId: secretId, SecretString: text, ClientRequestToken: versionId }),
    );
    return VersionStages.includes('AWSCURRENT');
  } catch (error) {
    if (error instanceof ResourceExistsException) return false;
    throw failed('written', 'PutSecretValue', secretId, error);
  }
}

async function readCurrent(client: SecretsManagerClient, secretId: string): Promise<Current> {
  try {
    const { SecretString, VersionId } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    return {
      ...(SecretString === undefined ? {} : { text: SecretString }),
      ...(VersionId === undefined ? {} : { versionId: VersionId }),
    };
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return {};
    throw failed('read', 'GetSecretValue', secretId, error);
  }
}

/** 32 to 64 characters, as Secrets Manager wants them. */
function nextVersionId(secretId: string, versionId: string | undefined, round: number): string {
  return createHash('sha256')
    .update(JSON.stringify([secretId, versionId, round]))
    .digest('hex');
}

function failed(what: string, action: string, secretId: string, cause: unknown): GaplessError {
  const why = cause instanceof Error ? cause.name : 'unknown error';
  return new GaplessError(
    'SECRET_UNAVAILABLE',
    `The secret ${secretId} could not be ${what} (${why}). Your credentials need secretsmanager:${action} on it.`,
    { cause },
  );
}
