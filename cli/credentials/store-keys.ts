import type { AppSecretStore } from '../../shared/aws/app-secret-store.ts';
import { GaplessError } from '../../shared/errors.ts';
import type { ApiTokenStore, AppKeys } from '../../shared/x/api-tokens.ts';
import { type AppSecrets, liveValues } from '../../shared/x/app-secrets.ts';
import { entriesOf, type SecretKind, withEntries } from '../../shared/x/secret-rotation.ts';

const kinds: readonly (readonly [kind: SecretKind, name: 'clientSecret' | 'consumerSecret'])[] = [
  ['consumer', 'consumerSecret'],
  ['client', 'clientSecret'],
];

/**
 * The app's signing secrets with those of the keys. Throws `USAGE` where another one is live: to replace it without an
 * overlap would refuse deliveries that X signed with it, and disable the webhook at the next check.
 */
export function fillSecrets(secrets: AppSecrets, keys: AppKeys, nowMs: number): AppSecrets {
  return kinds.reduce((filled, [kind, name]) => {
    const value = keys[name];
    const live = liveValues(entriesOf(filled, kind), nowMs);
    if (value === undefined || live.includes(value)) return filled;
    if (live.length > 0) {
      throw new GaplessError(
        'USAGE',
        `the stack has another ${kind} secret for this app; gapless secrets rotate --kind ${kind} changes it without losing a delivery`,
      );
    }
    return withEntries(filled, kind, [{ value }]);
  }, secrets);
}

/** Signing secrets first: without them nothing can be proven, without the others nothing can be managed. */
export async function storeKeys(
  keys: AppKeys,
  stores: { readonly secrets: AppSecretStore; readonly tokens: ApiTokenStore },
  nowMs: number,
): Promise<void> {
  await stores.secrets.change((secrets) => fillSecrets(secrets, keys, nowMs));
  await stores.tokens.change((tokens) => ({ ...tokens, keys: { ...tokens.keys, ...keys } }));
}
