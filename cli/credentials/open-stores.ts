import type { AppSecretStore } from '../../shared/aws/app-secret-store.ts';
import { GaplessError } from '../../shared/errors.ts';
import type { ApiTokenStore } from '../../shared/x/api-tokens.ts';
import type { Target } from '../target/target.ts';

/** The app's credentials for X's API, and those of its accounts. Throws `NOT_FOUND` for an unknown app. */
export async function openApiTokens(target: Target, app: string): Promise<ApiTokenStore> {
  const secretId = secretOf(target, target.outputs.apiTokenSecretArns, app);
  const [client, { createApiTokenStore }] = await Promise.all([
    createClient(target),
    import('../../shared/aws/api-token-store.ts'),
  ]);
  return createApiTokenStore(client, secretId);
}

/** What the app's deliveries are proven with. Throws `NOT_FOUND` for an unknown app. */
export async function openAppSecrets(target: Target, app: string): Promise<AppSecretStore> {
  const secretId = secretOf(target, target.outputs.appSecretArns, app);
  const [client, { createAppSecretStore }] = await Promise.all([
    createClient(target),
    import('../../shared/aws/app-secret-store.ts'),
  ]);
  return createAppSecretStore(client, secretId);
}

function secretOf({ name }: Target, arns: Readonly<Record<string, string>>, app: string): string {
  const secretId = arns[app];
  if (secretId !== undefined) return secretId;
  throw new GaplessError(
    'NOT_FOUND',
    `${name} has no app ${JSON.stringify(app)}; it has: ${Object.keys(arns).join(', ')}.`,
  );
}

/** Loaded only now: the SDK takes longer to load than the rest of the program. */
async function createClient({ clients }: Target) {
  const { createSecretsManagerClient } = await import('../../shared/aws/clients/secrets-manager.ts');
  return createSecretsManagerClient(clients.secretsManager);
}
