import type { Clock, SignatureScheme } from '../../../shared/ports.ts';
import type { Attempt } from '../state/sent-event.ts';
import { type Store, webhookOf } from '../state/store.ts';
import type { Exchanger } from './exchange.ts';
import { schemesOf, signedHeaders, type XAppSecrets } from './signer.ts';
import { createTurnstile } from './turnstile.ts';

export interface Outgoing {
  readonly webhookId: string;
  readonly body: Uint8Array;
  /** Default: every scheme that the app has a secret for. */
  readonly schemes?: readonly SignatureScheme[] | undefined;
}

/** Signs and POSTs once. `undefined`: nothing was sent, because the webhook is invalid or gone. */
export type Send = (outgoing: Outgoing) => Promise<Attempt | undefined>;

export interface SenderDeps {
  readonly clock: Clock;
  readonly secrets: XAppSecrets;
  readonly store: Store;
  readonly exchanger: Exchanger;
}

/** `connections`: POSTs under way at once; the others wait their turn. */
export function createSender({ clock, secrets, store, exchanger }: SenderDeps, connections: number): Send {
  const takeTurn = createTurnstile(connections);
  return ({ webhookId, body, schemes = schemesOf(secrets) }) =>
    takeTurn(async () => {
      const webhook = webhookOf(store, webhookId);
      if (!webhook?.valid) return undefined;
      const atMs = clock.now();
      const headers = { 'content-type': 'application/json', ...signedHeaders(secrets, schemes, body) };
      const result = await exchanger.exchange({ method: 'POST', url: webhook.url, headers, body });
      return result.kind === 'answered' ? { atMs, status: result.status } : { atMs, failure: result.failure };
    });
}
