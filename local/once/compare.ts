import { createHash } from 'node:crypto';
import { splitDelivery } from '../../shared/domain/split-delivery.ts';
import type { SentEvent } from '../x-emulator/state/sent-event.ts';

/** X's record held against the table, event by event. */
export interface Comparison {
  /** Events that X sent or tried to send. */
  readonly sent: number;
  /** Of them, those that are in the table, each once. */
  readonly stored: number;
  /** What else is in the table: an event under a second identity would be. */
  readonly duplicates: number;
  readonly lost: number;
  /** Identities of what is lost, and of what should not be there. */
  readonly missing: readonly string[];
  readonly surplus: readonly string[];
}

/** Two events of X that share an identity count as one stored and one lost. Throws `TypeError` when X's record has no body. */
export function compareSent(sent: Iterable<SentEvent>, stored: Iterable<{ readonly eventId: string }>): Comparison {
  const expected = [...sent].flatMap(identitiesOf);
  const missing = new Set(expected);
  const surplus: string[] = [];
  for (const { eventId } of stored) {
    if (!missing.delete(eventId)) surplus.push(eventId);
  }
  const found = new Set(expected).size - missing.size;
  return {
    sent: expected.length,
    stored: found,
    duplicates: surplus.length,
    lost: expected.length - found,
    missing: [...missing],
    surplus,
  };
}

function identitiesOf({ key, body }: SentEvent): readonly string[] {
  if (body === undefined) throw new TypeError(`X has forgotten the body of ${key}`);
  const delivery = {
    app: 'default',
    body,
    via: 'webhook',
    receivedAt: new Date(0).toISOString(),
    deliveryId: key,
  } as const;
  const sha256Hex = (text: string) => createHash('sha256').update(text).digest('hex');
  return splitDelivery(delivery, { sha256Hex }).events.map(({ eventId }) => eventId);
}
