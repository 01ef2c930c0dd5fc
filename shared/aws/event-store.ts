import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  type DynamoDBClientConfig,
  PutItemCommand,
  type PutItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { vias } from '../domain/event.ts';
import type { EventStore, FoundEvent, StoreOutcome } from '../ports.ts';
import { type Item, itemBytes, textItem, toItem } from './event-item.ts';
import type { PayloadStore } from './payload-store.ts';
import { retryTransient } from './retry-transient.ts';
import { carriedPostsTable } from './tables.ts';

/** `retryTransient` repeats, so the SDK does not; a hung connection is not waited for, an answer takes some 10 ms. */
export const storeClientConfig = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
} as const satisfies DynamoDBClientConfig;

/** DynamoDB's limit is 400 KB; the rest is room for attributes that later versions may add. */
const maxItemBytes = 350 * 1024;

export interface EventStoreSettings {
  readonly client: DynamoDBClient;
  readonly eventsTable: string;
  readonly carriedPostsTable: string;
  /** Called for the first payload that is too large for an item. */
  readonly loadPayloadStore: () => Promise<PayloadStore>;
  /** Absent, or `undefined` from it: the payload stays as it is. */
  readonly packPayload?: (payload: string) => Promise<Uint8Array | undefined>;
  readonly random: () => number;
}

export function createEventStore(settings: EventStoreSettings): EventStore {
  return {
    /**
     * Pattern 1 of docs/data-model.md. The references of pattern 4 are written before, since they repeat harmlessly: a
     * crash may leave a reference to no event, but no event without its references.
     */
    async put(event, deliveryId, signal) {
      const put = (input: PutItemCommandInput) =>
        retryTransient(() => settings.client.send(new PutItemCommand(input), { abortSignal: signal }), {
          signal,
          random: settings.random,
        });
      await Promise.all(references(event).map((Item) => put({ TableName: settings.carriedPostsTable, Item })));
      const Item = await fittingItem(settings, event, deliveryId, signal);
      try {
        await put({
          TableName: settings.eventsTable,
          Item,
          ConditionExpression: 'attribute_not_exists(eventId)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        });
        return { kind: 'stored' };
      } catch (failure) {
        if (!(failure instanceof ConditionalCheckFailedException)) throw failure;
        return duplicateOf(failure.Item ?? {});
      }
    },
  };
}

/** Posts that the event shows but does not lie under: its own partition is found without a reference. */
function references({ eventId, subjectId, carriedPostIds, postId = subjectId }: FoundEvent): Item[] {
  const postIds = new Set([...carriedPostIds, postId].filter((id) => id !== subjectId && isKey(id)));
  const { partitionKey, sortKey } = carriedPostsTable;
  return [...postIds].map((id) => textItem({ [partitionKey]: id, [sortKey]: eventId, subjectId }));
}

/** What DynamoDB takes as a key. A signed body may call anything a post; nobody asks for that one by its id. */
function isKey(id: string): boolean {
  return id !== '' && Buffer.byteLength(id) <= 1024;
}

async function fittingItem(
  { loadPayloadStore, packPayload, random }: EventStoreSettings,
  event: FoundEvent,
  deliveryId: string,
  signal: AbortSignal,
): Promise<Item> {
  const packed = await packPayload?.(event.payload);
  const item = toItem(event, deliveryId, packed && { packed });
  if (itemBytes(item) <= maxItemBytes) return item;
  const payloads = await loadPayloadStore();
  const key = await retryTransient(() => payloads.put(event.eventId, event.payload, signal), { signal, random });
  return toItem(event, deliveryId, { key });
}

function duplicateOf({ deliveryId, eventUuid, via }: Item): StoreOutcome {
  const knownVia = vias.find((one) => one === via?.S);
  return {
    kind: 'duplicate',
    ...(deliveryId?.S === undefined ? {} : { deliveryId: deliveryId.S }),
    ...(eventUuid?.S === undefined ? {} : { eventUuid: eventUuid.S }),
    ...(knownVia === undefined ? {} : { via: knownVia }),
  };
}
