import type { Clock, SignatureScheme } from '../../../shared/ports.ts';
import type { Outstanding } from '../outstanding.ts';
import { type Attempt, isDelivered } from '../state/sent-event.ts';
import type { NewEvent, SentLog } from '../state/sent-log.ts';
import type { Retry } from './retries.ts';
import type { Send } from './sender.ts';

export interface Copy {
  /** Of the emulator's clock, before the first attempt. */
  readonly delayMs?: number | undefined;
  /** Default: every scheme that the app has a secret for. */
  readonly schemes?: readonly SignatureScheme[] | undefined;
  /** Default true, as X does. */
  readonly retry?: boolean | undefined;
}

/** `onStream`: it goes to the activity stream, too. */
export type OutgoingEvent = NewEvent & { readonly onStream: boolean };

export interface Deliverer {
  /**
   * Resolves with the first attempt, `undefined` when the webhook is invalid or gone or the event goes to the activity
   * stream alone; retries go on after it.
   */
  deliver(event: OutgoingEvent, copy?: Copy): Promise<Attempt | undefined>;
}

interface DelivererDeps {
  readonly clock: Clock;
  readonly send: Send;
  readonly retry: Retry;
  readonly sent: SentLog;
  /** Writes an event of the log to the activity stream. */
  readonly publish: (key: string) => void;
  readonly outstanding: Outstanding;
}

export function createDeliverer({ clock, send, retry, sent, publish, outstanding }: DelivererDeps): Deliverer {
  const first = async (event: OutgoingEvent, { delayMs, schemes, retry: again = true }: Copy) => {
    const { webhookId } = event;
    const attempt = async () => {
      if (webhookId === undefined) return undefined;
      const made = await send({ webhookId, body: event.body, schemes });
      if (made === undefined) sent.withhold(event.key, clock.now());
      else sent.addAttempt(event.key, made);
      return made;
    };
    sent.open(event);
    if (delayMs) await outstanding.sleepUntil(clock.now() + delayMs);
    if (event.onStream) publish(event.key);
    const made = await attempt();
    const ended = made === undefined || isDelivered(made) || !again;
    if (ended) sent.settle(event.key);
    else outstanding.track(retry(attempt).then(() => sent.settle(event.key)));
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
