import { object } from '../shared/domain/json.ts';
import { liveValues, parseAppSecrets } from '../shared/x/app-secrets.ts';
import type { SecretsManager } from './secrets-manager.ts';

/** What signs the deliveries of every local app. */
export interface SigningSecrets {
  readonly consumerSecret: string;
  readonly clientSecret: string;
}

/** Fills the secret of every app (`AppSecretArns` of the outputs), unless it proves these values already. */
export function fillAppSecrets(secrets: SecretsManager, appSecretArns: string, signing: SigningSecrets): void {
  const { consumerSecret, clientSecret } = signing;
  const filled = JSON.stringify({
    consumerSecrets: [{ value: consumerSecret }],
    clientSecrets: [{ value: clientSecret }],
  });
  for (const arn of Object.values(object(JSON.parse(appSecretArns)) ?? {}).map(String)) {
    if (!proves(secrets.current(arn), signing)) secrets.put(arn, filled);
  }
}

/** A secret kept by an earlier run may hold more than these values: a rotation that somebody tries out. */
function proves(kept: string | undefined, { consumerSecret, clientSecret }: SigningSecrets): boolean {
  if (kept === undefined) return false;
  const { consumerSecrets, clientSecrets } = parseAppSecrets(kept);
  const now = Date.now();
  return (
    liveValues(consumerSecrets, now).includes(consumerSecret) && liveValues(clientSecrets, now).includes(clientSecret)
  );
}
