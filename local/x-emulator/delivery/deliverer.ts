import type { SignatureScheme } from '../../../shared/ports.ts';
import type { LocalClock } from '../../clock.ts';
import type { Outstanding } from '../outstanding.ts';
import { type Attempt, isDelivered } from '../state/sent-event.ts';
import type { NewEvent, SentLog } from '../state/sent-log.ts';
import { type Store, webhookOf } from '../state/store.ts';
import type { Exchanger } from './exchange.ts';
import { schemesOf, signedHeaders, type XAppSecrets } from './signer.ts';
import { createTurnstile } from './turnstile.ts';

/** Waits before the second, third and fourth attempt (X's legacy enterprise guide; v2 publishes no schedule). */
const retryWaitsMs = [3_000, 27_000, 242_000];
const maxConnections = 64;

export interface Copy {
  /** Of the emulator's clock, before the first attempt. */
  readonly delayMs?: number | undefined;
  /** Default: every scheme that the app has a secret for. */
  readonly schemes?: readonly SignatureScheme[] | undefined;
  /** Default true, as X does. */
  readonly retry?: boolean | undefined;
}

export interface Deliverer {
  /** Resolves with the first attempt, `undefined` when the webhook is invalid or gone; retries go on after it. */
  deliver(event: NewEvent, copy?: Copy): Promise<Attempt | undefined>;
}

interface DelivererDeps {
  readonly clock: LocalClock;
  readonly secrets: XAppSecrets;
  readonly store: Store;
  readonly sent: SentLog;
  readonly exchanger: Exchanger;
  readonly outstanding: Outstanding;
  readonly signal: AbortSignal;
}

export function createDeliverer(deps: DelivererDeps): Deliverer {
  const { clock, secrets, store, sent, exchanger, outstanding, signal } = deps;
  const takeTurn = createTurnstile(maxConnections);
  const wait = (ms: number) => clock.sleepUntil(clock.now() + ms, { signal });

  const attempt = (event: NewEvent, copy: Copy) =>
    takeTurn(async (): Promise<Attempt | undefined> => {
      const webhook = webhookOf(store, event.webhookId);
      if (!webhook?.valid) return undefined;
      const atMs = clock.now();
      const headers = {
        'content-type': 'application/json',
        ...signedHeaders(secrets, copy.schemes ?? schemesOf(secrets), event.body),
      };
      const result = await exchanger.exchange({ method: 'POST', url: webhook.url, headers, body: event.body });
      const made = result.kind === 'answered' ? { atMs, status: result.status } : { atMs, failure: result.failure };
      sent.addAttempt(event.key, made);
      return made;
    });

  const retry = async (event: NewEvent, copy: Copy) => {
    for (const waitMs of retryWaitsMs) {
      await wait(waitMs);
      const made = await attempt(event, copy);
      if (made === undefined || isDelivered(made)) return;
    }
  };

  const first = async (event: NewEvent, copy: Copy) => {
    sent.open(event);
    if (copy.delayMs) await wait(copy.delayMs);
    const made = await attempt(event, copy);
    const ended = made === undefined || isDelivered(made) || copy.retry === false;
    if (ended) sent.settle(event.key);
    else outstanding.track(retry(event, copy).then(() => sent.settle(event.key)));
    return made;
  };

  return {
    deliver(event, copy = {}) {
      const made = first(event, copy);
      outstanding.track(made);
      return made;
    },
  };
}
