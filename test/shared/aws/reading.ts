import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { createDynamoDbClient } from '../../../shared/aws/clients/dynamodb.ts';
import { toItem } from '../../../shared/aws/event-item.ts';
import type { ListedEvent } from '../../../shared/aws/event-reader/hydrate.ts';
import { storeClientConfig } from '../../../shared/aws/event-store.ts';
import { createLedger } from '../../../shared/aws/ledger.ts';
import { createBound } from '../../../shared/bounded.ts';
import type { FoundEvent } from '../../../shared/domain/event.ts';
import { type Emulators, startEmulators } from '../../support/emulators.ts';
import { foundEvent, openStored, patient, type Stored } from './stored-parts.ts';

/** The reader, and a way to store events as the recorder does: their days first. */
export interface Reading extends Pick<Stored, 'reader'> {
  readonly emulators: Emulators;
  store(...events: readonly FoundEvent[]): Promise<void>;
  /** Writes the items of many events, and nothing beside them. */
  writeItems(events: readonly FoundEvent[]): Promise<void>;
  close(): Promise<void>;
}

export async function startReading(): Promise<Reading> {
  const emulators = await startEmulators();
  const { store, reader, close } = openStored(emulators);
  const client = createDynamoDbClient({ ...emulators.dynamodb, ...storeClientConfig });
  const ledger = createLedger({ client, table: emulators.names.ledgerTable, retentionDays: 30, random: () => 0 });
  const bound = createBound(16);
  return {
    emulators,
    reader,
    async store(...events) {
      await ledger.markDays([...new Set(events.map(({ occurredAt }) => occurredAt.slice(0, 10)))], patient);
      await Promise.all(events.map((event) => bound(() => store.put(event, 'delivery-1', patient))));
    },
    async writeItems(events) {
      for (let at = 0; at < events.length; at += 25) {
        const puts = events.slice(at, at + 25).map((event) => ({ PutRequest: { Item: toItem(event, 'delivery-1') } }));
        await client.send(new BatchWriteItemCommand({ RequestItems: { [emulators.names.eventsTable]: puts } }));
      }
    },
    async close() {
      close();
      client.destroy();
      await emulators.close();
    },
  };
}

/** An event of an account, by what it is about and when. */
export function eventOf(
  account: string,
  subjectId: string,
  occurredAt: string,
  changes: Partial<FoundEvent> = {},
): FoundEvent {
  const eventId = `default:xaa:${changes.type ?? 'like.create'}:${account}:${subjectId}`;
  return foundEvent({ subjectId, eventId, account, occurredAt, ...changes });
}

export const subjectsOf = (events: readonly Pick<ListedEvent, 'eventId'>[]) =>
  events.map(({ eventId }) => eventId.slice(eventId.lastIndexOf(':') + 1));
