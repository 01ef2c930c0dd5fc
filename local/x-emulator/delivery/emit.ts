import { createHash } from 'node:crypto';
import { member, parseJson } from '../../../shared/domain/json.ts';
import type { Clock, SignatureScheme } from '../../../shared/ports.ts';
import type { Attempt } from '../state/sent-event.ts';
import type { Deliverer } from './deliverer.ts';

export interface Emission {
  /** Sent byte for byte. */
  readonly body: string | Uint8Array;
  /** Without it: to the activity stream alone. */
  readonly webhookId?: string | undefined;
  /** Default: every scheme that the app has a secret for; none: unsigned. */
  readonly schemes?: readonly SignatureScheme[] | undefined;
  /** Copies, one after the other. Default 1. */
  readonly times?: number | undefined;
  /** Of the emulator's clock, before each copy. */
  readonly delayMs?: number | undefined;
  /** Default true: what is not answered with 200 is tried again on X's schedule, after the emission has answered. */
  readonly retry?: boolean | undefined;
}

/** `attempts`: the first one of each copy; shorter than `times` where the webhook was invalid or gone. */
export interface Emitted {
  readonly key: string;
  readonly attempts: readonly Attempt[];
}

export type Emit = (emission: Emission) => Promise<Emitted>;

/** XAA events go to the activity stream, whether their subscription names a webhook or not (docs.x.com activity quickstart). */
function isActivity(body: Buffer): boolean {
  const reading = parseJson(body.toString());
  return reading.kind === 'json' && typeof member(reading.value, 'data', 'event_type') === 'string';
}

/** Sends one given body as X would. The same body again is the same event. */
export function createEmit(deliverer: Deliverer, clock: Clock): Emit {
  return async ({ body, webhookId, times = 1, ...copy }) => {
    const bytes = Buffer.from(body);
    const key = `emitted:${createHash('sha256').update(bytes).digest('hex')}`;
    const onStream = webhookId === undefined || isActivity(bytes);
    const attempts: Attempt[] = [];
    for (let left = times; left > 0; left -= 1) {
      const event = { key, kind: 'emitted', webhookId, onStream, createdAtMs: clock.now(), body: bytes };
      const attempt = await deliverer.deliver(event, copy);
      if (attempt) attempts.push(attempt);
    }
    return { key, attempts };
  };
}
