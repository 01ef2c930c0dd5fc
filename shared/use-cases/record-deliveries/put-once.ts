import { isLate } from '../../domain/late.ts';
import type { EventStore, FoundEvent } from '../../ports.ts';
import type { SettledEvent } from './records.ts';

type PutOnce = (event: FoundEvent, deliveryId: string) => Promise<SettledEvent>;

interface FirstPut {
  readonly eventUuid: string | undefined;
  readonly done: Promise<unknown>;
}

/**
 * Puts each event of one batch once: who comes with it later waits for the first put, is its duplicate when that
 * succeeds, and fails with it.
 */
export function createPutOnce(put: (...args: [FoundEvent, string]) => ReturnType<EventStore['put']>): PutOnce {
  const firstPuts = new Map<string, FirstPut>();

  return async (event, deliveryId) => {
    const { product, type, eventId, eventUuid } = event;
    const settled = (kind: SettledEvent['kind'], otherUuid?: string): SettledEvent => ({
      kind,
      uuidMismatch: eventUuid !== undefined && otherUuid !== undefined && eventUuid !== otherUuid,
      product,
      type,
      minute: event.occurredAt.slice(0, 16),
      late: isLate(event),
    });
    const first = firstPuts.get(eventId);
    if (first !== undefined) {
      await first.done;
      return settled('duplicate', first.eventUuid);
    }
    const done = put(event, deliveryId);
    firstPuts.set(eventId, { eventUuid, done });
    const outcome = await done;
    // An earlier attempt at this very delivery stored it, and its answer or its process was lost.
    const ownWork = outcome.kind === 'duplicate' && outcome.deliveryId === deliveryId;
    return outcome.kind === 'stored' || ownWork ? settled('stored') : settled('duplicate', outcome.eventUuid);
  };
}
