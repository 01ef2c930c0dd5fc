import { setTimeout as sleep } from 'node:timers/promises';
import { GaplessError } from '../../shared/errors.ts';
import type { AppSecrets } from '../../shared/x/app-secrets.ts';
import { type AwaitedEndpoint, awaitEndpoint } from '../webhook/await-endpoint.ts';
import { awaitValid } from '../webhook/await-valid.ts';
import type { WebhookAccess } from '../webhook/x-access.ts';

/** A receiver looks for newer secrets when it answers a check, but not more often than every five seconds. */
export const settleMs = 6_000;

export interface Proof extends AwaitedEndpoint {
  readonly x: Pick<WebhookAccess, 'list' | 'validate'>;
  readonly settleMs: number;
  /** Between two looks at what X shows. */
  readonly pauseMs?: number;
  /** Undoes the change of order. */
  putBack(): Promise<void>;
}

/**
 * Shows that X signs with the secret that stands first: X's check is answered with it, and X calls the webhook valid.
 * Throws `WEBHOOK_NOT_READY` where that fails; then the old order stands again, and X was asked to check once more.
 */
export async function proveRotation(secrets: AppSecrets, proof: Proof): Promise<'proven' | 'not-registered'> {
  const { x, url } = proof;
  await awaitEndpoint(secrets, proof);
  await sleep(proof.settleMs);
  const webhook = (await x.list()).find((known) => known.url === url);
  if (webhook === undefined) return 'not-registered';
  if ((await awaitValid(x, webhook.webhookId, proof.pauseMs))?.valid) return 'proven';
  await proof.putBack();
  await sleep(proof.settleMs);
  const again = await awaitValid(x, webhook.webhookId, proof.pauseMs);
  throw new GaplessError(
    'WEBHOOK_NOT_READY',
    `X took the new secret but did not sign with it yet. The old one stands first again, and X calls the webhook ${again?.valid ? 'valid' : 'invalid'}. Both prove deliveries. Run ${proof.command('secrets rotate')} again later with the same secret.`,
  );
}
