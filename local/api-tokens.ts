import { object } from '../shared/domain/json.ts';
import { noApiTokens, parseApiTokens, printApiTokens } from '../shared/x/api-tokens.ts';
import type { SecretsManager } from './secrets-manager.ts';

/** Gives every app (`ApiTokenSecretArns` of the outputs) the token to speak to the local X with. What else is there stays. */
export function fillApiTokens(secrets: SecretsManager, apiTokenSecretArns: string, bearerToken: string): void {
  for (const arn of Object.values(object(JSON.parse(apiTokenSecretArns)) ?? {}).map(String)) {
    const before = secrets.current(arn);
    const tokens = before === undefined ? noApiTokens : parseApiTokens(before);
    if (tokens.keys.bearerToken === bearerToken) continue;
    secrets.put(arn, printApiTokens({ ...tokens, keys: { ...tokens.keys, bearerToken } }, before));
  }
}
