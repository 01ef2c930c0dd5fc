import { createDynamoDbClient } from '../../../shared/aws/clients/dynamodb.ts';
import { createS3Client } from '../../../shared/aws/clients/s3.ts';
import { createEventStore, type EventStoreSettings, storeClientConfig } from '../../../shared/aws/event-store.ts';
import { createPayloadStore } from '../../../shared/aws/payload-store.ts';
import { createReader, type Reader } from '../../../shared/aws/reader.ts';
import type { FoundEvent } from '../../../shared/domain/event.ts';
import type { EventStore } from '../../../shared/ports.ts';
import type { Emulators } from '../../support/emulators.ts';

/** A made-up like by the account of a post of somebody else; every part of it can be another. */
export function foundEvent(changes: Partial<FoundEvent> = {}): FoundEvent {
  const subjectId = changes.subjectId ?? 'like-1';
  return {
    eventId: `default:xaa:like.create:9001:${subjectId}`,
    subjectId,
    app: 'default',
    product: 'xaa',
    type: 'like.create',
    wireType: 'like.create',
    account: '9001',
    carriedPostIds: [],
    occurredAt: '2026-11-21T10:00:00.000Z',
    occurredAtSource: 'payload',
    receivedAt: '2026-11-21T10:00:01.000Z',
    via: 'webhook',
    payload: '{"data":{}}',
    payloadFormat: 'json',
    ...changes,
  };
}

/** A signal that never aborts. */
export const patient = new AbortController().signal;

export interface Stored {
  readonly store: EventStore;
  readonly reader: Reader;
  readonly payloads: ReturnType<typeof createPayloadStore>;
  close(): void;
}

/** The store and the reader over the emulators' tables. Waits between tries are nil. */
export function openStored(emulators: Emulators, packing: Pick<EventStoreSettings, 'packPayload'> = {}): Stored {
  const { names, dynamodb, s3 } = emulators;
  const client = createDynamoDbClient({ ...dynamodb, ...storeClientConfig });
  const s3Client = createS3Client(s3);
  const payloads = createPayloadStore(s3Client, names.bucket);
  const reader = createReader({ ...names, bodiesBucket: names.bucket, clients: { dynamodb, s3 } });
  const loadPayloadStore = async () => payloads;
  return {
    store: createEventStore({ ...names, client, loadPayloadStore, ...packing, random: () => 0 }),
    reader,
    payloads,
    close() {
      client.destroy();
      s3Client.destroy();
      reader.close();
    },
  };
}
