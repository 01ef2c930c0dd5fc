import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createBound } from '../../bounded.ts';
import type { StoredEvent } from '../../domain/event.ts';
import { eventText } from '../../domain/event-text.ts';
import { fromItem, type Item, type PayloadPlace } from '../event-item.ts';
import { unpackPayload } from '../packed-payload.ts';
import type { PayloadStore } from '../payload-store.ts';
import { batchGet, maxBatchGet } from './batch-get.ts';
import type { EventKey } from './event-keys.ts';
import { inChunks, oneAhead } from './streams.ts';

/** An event of a listing. */
export interface ListedEvent extends StoredEvent {
  /** Where this event stands in every listing; give it as `cursor` to go on after it. */
  readonly cursor: string;
}

export interface EventSource {
  readonly client: DynamoDBClient;
  readonly eventsTable: string;
  /** Called for the first payload that lies in S3. */
  readonly loadPayloadStore: () => Promise<PayloadStore>;
}

const maxPayloadsAtOnce = 8;

/** Reads the events of a stream of keys, in its order; the next hundred while the consumer has the one before. */
export async function* hydrate(source: EventSource, keys: AsyncIterable<EventKey>): AsyncGenerator<ListedEvent> {
  for await (const events of oneAhead(readChunks(source, keys))) yield* events;
}

async function* readChunks(source: EventSource, keys: AsyncIterable<EventKey>): AsyncGenerator<readonly ListedEvent[]> {
  const bound = createBound(maxPayloadsAtOnce);
  for await (const chunk of inChunks(keys, maxBatchGet)) {
    const items = await existingItems(source, chunk);
    yield await Promise.all(items.map((item) => bound(() => toListedEvent(source, item))));
  }
}

/** An index may be ahead of the replica that answers; only a consistent read says that an event is not there. */
async function existingItems({ client, eventsTable }: EventSource, keys: readonly EventKey[]): Promise<Item[]> {
  const found = await batchGet(client, eventsTable, keys);
  const missing = keys.filter(({ eventId }) => !found.has(eventId));
  const late =
    missing.length === 0 ? undefined : await batchGet(client, eventsTable, missing, { ConsistentRead: true });
  return keys.map(({ eventId }) => found.get(eventId) ?? late?.get(eventId)).filter((item) => item !== undefined);
}

/** Throws `GaplessError` ITEM_MALFORMED or PAYLOAD_MISSING. */
export async function toListedEvent(source: EventSource, item: Item): Promise<ListedEvent> {
  const { subjectId, deliveryId, position, payload: place, ...native } = fromItem(item);
  const payload = await readPayload(source, place);
  const text = eventText({ ...native, payload });
  return { ...native, ...(text === undefined ? {} : { text }), payload, cursor: position };
}

async function readPayload({ loadPayloadStore }: EventSource, place: PayloadPlace): Promise<string> {
  if ('text' in place) return place.text;
  return 'key' in place ? (await loadPayloadStore()).get(place.key) : unpackPayload(place.packed);
}
