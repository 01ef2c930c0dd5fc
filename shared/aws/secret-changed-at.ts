import { DescribeSecretCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SecretChangedAt } from '../watch-ports.ts';

/** Reads when a secret was changed, never what it says. `secretIds`: app → ARN or name. */
export function createSecretChangedAt(
  client: SecretsManagerClient,
  secretIds: ReadonlyMap<string, string>,
): SecretChangedAt {
  return async (app) => {
    const { LastChangedDate } = await client.send(new DescribeSecretCommand({ SecretId: secretIds.get(app) }));
    return LastChangedDate?.getTime();
  };
}
