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

export interface Deliverer {
  /** Resolves with the first attempt, `undefined` when the webhook is invalid or gone; retries go on after it. */
  deliver(event: NewEvent, copy?: Copy): Promise<Attempt | undefined>;
}

interface DelivererDeps {
  readonly clock: Clock;
  readonly send: Send;
  readonly retry: Retry;
  readonly sent: SentLog;
  readonly outstanding: Outstanding;
}

export function createDeliverer({ clock, send, retry, sent, outstanding }: DelivererDeps): Deliverer {
  const first = async (event: NewEvent, { delayMs, schemes, retry: again = true }: Copy) => {
    const attempt = async () => {
      const made = await send({ ...event, schemes });
      if (made === undefined) sent.withhold(event.key, clock.now());
      else sent.addAttempt(event.key, made);
      return made;
    };
    sent.open(event);
    if (delayMs) await outstanding.sleepUntil(clock.now() + delayMs);
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
