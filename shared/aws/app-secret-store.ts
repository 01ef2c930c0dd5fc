import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type AppSecrets, parseAppSecrets, printAppSecrets } from '../x/app-secrets.ts';
import { changeSecretText, readSecretText } from './secret-text.ts';

/** The signing secrets of one app, for the operator who changes them. */
export interface AppSecretStore {
  /** No entries where the secret has no value yet. */
  read(): Promise<AppSecrets>;
  /** `change` may run more than once. Returns what is stored now. */
  change(change: (secrets: AppSecrets) => AppSecrets): Promise<AppSecrets>;
}

const parse = (text: string | undefined) => parseAppSecrets(text ?? '{}');

export function createAppSecretStore(client: SecretsManagerClient, secretId: string): AppSecretStore {
  return {
    read: async () => parse(await readSecretText(client, secretId)),
    change: async (change) =>
      parse(await changeSecretText(client, secretId, (text) => printAppSecrets(change(parse(text))))),
  };
}
