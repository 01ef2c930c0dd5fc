import type { SentArchive } from './sent-archive.ts';
import { type Attempt, isDelivered, type Outcome, outcomeOf, type SentEvent } from './sent-event.ts';

/** `distinct` = the sum of the four outcomes; `attempts` counts POSTs, `deliveries` those answered with 200. */
export interface SentCounts extends Readonly<Record<Outcome, number>> {
  readonly distinct: number;
  readonly attempts: number;
  readonly deliveries: number;
}

export type NewEvent = Pick<SentEvent, 'key' | 'kind' | 'webhookId' | 'createdAtMs'> & { readonly body: Uint8Array };

/** Everything that was ever sent, for comparison with what was stored. */
export interface SentLog {
  /** In the order of their first sending. */
  readonly events: ReadonlyMap<string, SentEvent>;
  counts(): SentCounts;
  /** Notes a copy that will be sent: of a new event, or of the one with the same key. */
  open(event: NewEvent): SentEvent;
  addAttempt(key: string, attempt: Attempt): void;
  /** That copy will not be tried again. */
  settle(key: string): void;
}

export function createSentLog(archive: SentArchive): SentLog {
  const events = new Map<string, SentEvent>(archive.read().map((event) => [event.key, event]));
  const openCopies = new Map<string, number>();

  const update = (key: string, openChange: -1 | 0 | 1, attempt?: Attempt): SentEvent => {
    const event = events.get(key);
    if (event === undefined) throw new RangeError(`${key} was never opened`);
    const open = (openCopies.get(key) ?? 0) + openChange;
    if (open > 0) openCopies.set(key, open);
    else openCopies.delete(key);
    const attempts = attempt ? [...event.attempts, attempt] : event.attempts;
    const updated = { ...event, attempts, outcome: outcomeOf(attempts, open) };
    events.set(key, updated);
    // An attempt that succeeds is settled at once, and written then.
    if (!isDelivered(attempt)) archive.append(updated);
    return updated;
  };

  return {
    events,
    counts: () => countsOf(events.values()),
    open(event) {
      if (!events.has(event.key)) events.set(event.key, { ...event, attempts: [], outcome: 'pending' });
      return update(event.key, 1);
    },
    addAttempt: (key, attempt) => void update(key, 0, attempt),
    settle: (key) => void update(key, -1),
  };
}

function countsOf(events: Iterable<SentEvent>): SentCounts {
  const counts = { distinct: 0, delivered: 0, pending: 0, failed: 0, withheld: 0, attempts: 0, deliveries: 0 };
  for (const { outcome, attempts } of events) {
    counts.distinct += 1;
    counts[outcome] += 1;
    counts.attempts += attempts.length;
    counts.deliveries += attempts.filter(isDelivered).length;
  }
  return counts;
}
