import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../shared/ports.ts';

export interface SecretVersion {
  readonly versionId: string;
  readonly secretString: string;
}

export interface Secret {
  readonly arn: string;
  readonly name: string;
  /** Unix milliseconds. */
  readonly createdAt: number;
  /** AWSCURRENT first, AWSPREVIOUS second, then those without a label; empty: the secret has no value yet. */
  readonly versions: readonly SecretVersion[];
}

export interface SecretStore {
  /** By name or ARN. */
  find(secretId: string): Secret | undefined;
  create(name: string): Secret;
  /**
   * Makes the value current and the current one previous. The same token again changes nothing, as on AWS;
   * `undefined`: the token made a version with another value, and a version never changes.
   */
  put(secret: Secret, secretString: string, token?: string): SecretVersion | undefined;
  /** Makes an older version current again. False when there is no such version. */
  makeCurrent(secret: Secret, versionId: string): boolean;
}

/** About what AWS keeps. */
const keptVersions = 100;

/** Local secrets; with `dataDir` in a file that only its owner reads. */
export function createSecretStore(clock: Clock, dataDir?: string): SecretStore {
  const file = dataDir === undefined ? undefined : join(dataDir, 'secrets.json');
  const kept: readonly Secret[] = file !== undefined && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  const secrets = new Map(kept.map((secret) => [secret.name, secret]));

  const set = (secret: Secret) => {
    secrets.set(secret.name, secret);
    if (dataDir === undefined || file === undefined) return;
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify([...secrets.values()]), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };

  return {
    find: (secretId) => secrets.get(secretId) ?? [...secrets.values()].find(({ arn }) => arn === secretId),
    create(name) {
      const arn = `arn:aws:secretsmanager:us-east-1:000000000000:secret:${name}-${randomUUID().slice(0, 6)}`;
      const secret: Secret = { arn, name, createdAt: clock.now(), versions: [] };
      set(secret);
      return secret;
    },
    put(secret, secretString, token = randomUUID()) {
      const same = secret.versions.find(({ versionId }) => versionId === token);
      if (same !== undefined) return same.secretString === secretString ? same : undefined;
      const version = { versionId: token, secretString };
      set({ ...secret, versions: [version, ...secret.versions.slice(0, keptVersions - 1)] });
      return version;
    },
    makeCurrent(secret, versionId) {
      const [chosen, others] = [true, false].map((is) =>
        secret.versions.filter((version) => (version.versionId === versionId) === is),
      );
      if (chosen?.[0] === undefined || others === undefined) return false;
      set({ ...secret, versions: [...chosen, ...others] });
      return true;
    },
  };
}
