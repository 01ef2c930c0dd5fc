import { isLate } from '../../domain/late.ts';
import { wayOf } from '../../domain/way.ts';
import type { EventStore, FoundEvent } from '../../ports.ts';
import type { DuplicateCause, SettledEvent } from './records.ts';

type PutOnce = (event: FoundEvent, deliveryId: string) => Promise<SettledEvent>;

/** What is known of the event that was there first. */
type Known = Partial<Pick<FoundEvent, 'eventUuid' | 'via'>>;

/**
 * Puts each event of one batch once: who comes with it later waits for the first put, is its duplicate when that
 * succeeds, and fails with it.
 */
export function createPutOnce(put: (...args: [FoundEvent, string]) => ReturnType<EventStore['put']>): PutOnce {
  const firstPuts = new Map<string, { readonly event: FoundEvent; readonly done: Promise<unknown> }>();

  return async (event, deliveryId) => {
    const first = firstPuts.get(event.eventId);
    if (first !== undefined) {
      await first.done;
      return duplicate(event, first.event);
    }
    const done = put(event, deliveryId);
    firstPuts.set(event.eventId, { event, done });
    const outcome = await done;
    // An earlier attempt at this very delivery stored it, and its answer or its process was lost.
    const ownWork = outcome.kind === 'duplicate' && outcome.deliveryId === deliveryId;
    return outcome.kind === 'stored' || ownWork ? settled(event, 'stored') : duplicate(event, outcome);
  };
}

function duplicate(event: FoundEvent, known: Known): SettledEvent {
  const { eventUuid } = event;
  const uuidMismatch = eventUuid !== undefined && known.eventUuid !== undefined && eventUuid !== known.eventUuid;
  return { ...settled(event, 'duplicate'), cause: causeOf(event, known), uuidMismatch };
}

function causeOf(event: FoundEvent, { via }: Known): DuplicateCause {
  if (isLate(event)) return 'replay';
  return via !== undefined && wayOf(via) !== wayOf(event.via) ? 'otherWay' : 'retry';
}

function settled(event: FoundEvent, kind: SettledEvent['kind']): SettledEvent {
  const { via, product, type, occurredAt } = event;
  const minute = occurredAt.slice(0, 16);
  return { kind, way: wayOf(via), uuidMismatch: false, product, type, minute, late: isLate(event) };
}
