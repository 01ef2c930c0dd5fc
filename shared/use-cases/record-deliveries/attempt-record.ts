import { createBound, settleAll } from '../../bounded.ts';
import { splitDelivery } from '../../domain/split-delivery.ts';
import type { ClaimCheckReader, Delivery, EventStore, Ledger } from '../../ports.ts';
import { createPutOnce } from './put-once.ts';
import type { Attempt, QueuedRecord, RecordTally } from './records.ts';

/** Puts in flight at a time: what one function's share of the SDK's 50 sockets carries without queueing. */
const maxPuts = 16;
/** Claim-checked bodies in memory at a time; each may be 6 MB, and several times that when parsed. */
const maxLargeBodies = 2;

export interface AttemptDeps {
  readonly store: EventStore;
  readonly ledger: Ledger;
  readonly claimChecks: ClaimCheckReader;
  readonly sha256Hex: (text: string) => string;
  readonly describeFailure: (failure: unknown) => FailureDescription;
}

/** `reason`: a name, never content. `recordsFault`: not throttling, an outage, a missing permission or the end of time. */
export interface FailureDescription {
  readonly reason: string;
  readonly recordsFault: boolean;
}

/** Returns a function that brings a record of one batch as far as it goes until the signal aborts. It never rejects. */
export function createAttempt(deps: AttemptDeps, signal: AbortSignal): (record: QueuedRecord) => Promise<Attempt> {
  const boundPuts = createBound(maxPuts);
  const boundLargeBodies = createBound(maxLargeBodies);
  const putOnce = createPutOnce((event, deliveryId) => boundPuts(() => deps.store.put(event, deliveryId, signal)));

  const record = async (delivery: Delivery): Promise<RecordTally> => {
    const { app, via, receivedAt, deliveryId } = delivery;
    const { events, replayStatuses } = splitDelivery(delivery, { sha256Hex: deps.sha256Hex });
    const days = new Set(events.map(({ occurredAt }) => occurredAt.slice(0, 10)));
    await deps.ledger.markDays([...days], signal);
    const settled = await settleAll(events.map((event) => putOnce(event, deliveryId)));
    // Also for a duplicate: a crash may have fallen between an event and its effect.
    await settleAll(replayStatuses.map((status) => deps.ledger.recordJobStatus(app, status, receivedAt, signal)));
    return { app, via, receivedAt, events: settled };
  };

  const attempt = async ({ content }: QueuedRecord): Promise<Attempt> => {
    switch (content.kind) {
      case 'delivery':
        return { kind: 'recorded', tally: await record(content.delivery) };
      case 'claim-check':
        return boundLargeBodies(async () => {
          const body = await deps.claimChecks.read(content.key, signal);
          if (body === undefined) return { kind: 'hopeless', cause: 'CLAIM_CHECK_LOST', detail: content.key };
          return { kind: 'recorded', tally: await record({ ...content.delivery, body }) };
        });
      case 'heartbeat':
        await deps.ledger.recordHeartbeat(content.heartbeat, content.deliveryId, signal);
        return { kind: 'noted' };
      case 'malformed':
        return { kind: 'hopeless', cause: 'MESSAGE_MALFORMED', detail: content.detail };
    }
  };

  return async (queued) => {
    try {
      return await attempt(queued);
    } catch (failure) {
      return { kind: 'failed', ...deps.describeFailure(failure) };
    }
  };
}
