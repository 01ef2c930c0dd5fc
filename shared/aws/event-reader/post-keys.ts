import type { QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { keyPart } from '../../domain/identity.ts';
import { type Item, requiredText, textItem } from '../event-item.ts';
import { sha256Hex } from '../index-keys.ts';
import { carriedPostsTable, eventsTable } from '../tables.ts';
import { batchGet, maxBatchGet } from './batch-get.ts';
import { type EventKey, queryItems, toEventKey } from './event-keys.ts';
import type { EventSource } from './hydrate.ts';
import type { Listing } from './listing.ts';
import { inChunks } from './streams.ts';

export interface PostSource extends EventSource {
  readonly carriedPostsTable: string;
}

/** What places an event in a listing; the rest is read when it is its turn. */
const placing = {
  ProjectionExpression: 'subjectId, eventId, #position, #type',
  ExpressionAttributeNames: { '#position': 'position', '#type': 'type' },
} as const;

/**
 * The keys of all events that carry a post, in order. Reads all their places first, consistently: no index has them in
 * order, and who asks because of a delete must get all.
 */
export async function* postKeys(source: PostSource, postId: string, listing: Listing): AsyncGenerator<EventKey> {
  const [own, referred] = await Promise.all([ownPlaces(source, postId), referredPlaces(source, postId)]);
  const places = new Map([...own, ...referred].map((place) => [requiredText(place, 'eventId'), place]));
  const keys = [...places.values()]
    .filter(({ type }) => listing.type === undefined || type?.S === listing.type)
    .map(toEventKey)
    .filter(({ position }) => listing.low <= position && position < listing.high)
    .sort((one, other) => (one.position < other.position ? -1 : 1));
  yield* listing.newestFirst ? keys.reverse() : keys;
}

/** Events that lie under the post itself. Under its number may lie others: a follow of the user who has that id. */
async function ownPlaces({ client, eventsTable: table }: PostSource, postId: string): Promise<Item[]> {
  const { ExpressionAttributeNames, ...projection } = placing;
  const input: QueryCommandInput = {
    TableName: table,
    ...projection,
    KeyConditionExpression: '#subject = :subject',
    FilterExpression: 'postId = :post',
    ExpressionAttributeNames: { ...ExpressionAttributeNames, '#subject': eventsTable.partitionKey },
    ExpressionAttributeValues: textItem({ ':subject': keyPart(postId, sha256Hex), ':post': postId }),
    ConsistentRead: true,
  };
  return Array.fromAsync(queryItems(client, input));
}

async function referredPlaces(source: PostSource, postId: string): Promise<Item[]> {
  const input: QueryCommandInput = {
    TableName: source.carriedPostsTable,
    KeyConditionExpression: '#post = :post',
    ExpressionAttributeNames: { '#post': carriedPostsTable.partitionKey },
    ExpressionAttributeValues: textItem({ ':post': postId }),
    ConsistentRead: true,
  };
  const places: Item[] = [];
  for await (const references of inChunks(queryItems(source.client, input), maxBatchGet)) {
    const keys = references.map((item) => ({
      subjectId: requiredText(item, 'subjectId'),
      eventId: requiredText(item, 'eventId'),
    }));
    const found = await batchGet(source.client, source.eventsTable, keys, { ...placing, ConsistentRead: true });
    places.push(...found.values());
  }
  return places;
}
