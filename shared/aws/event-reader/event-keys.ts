import { type DynamoDBClient, QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { type Item, requiredText, textItem } from '../event-item.ts';
import { eventsTable } from '../tables.ts';
import type { Listing } from './listing.ts';

/** Where an event lies, and its place in time. */
export interface EventKey {
  readonly subjectId: string;
  readonly eventId: string;
  readonly position: string;
}

export interface IndexPartition {
  readonly index: 'byAccount' | 'byTime';
  readonly partition: string;
}

const largestPage = 500;

/** The keys of one shard of an index, in order. The next page is asked for when half of one is used up. */
export async function* shardKeys(
  client: DynamoDBClient,
  table: string,
  { index, partition }: IndexPartition,
  listing: Listing,
): AsyncGenerator<EventKey> {
  const { name, partitionKey, sortKey } = eventsTable[index];
  const { low, high, type, limit, newestFirst } = listing;
  const input: QueryCommandInput = {
    TableName: table,
    IndexName: name,
    KeyConditionExpression: '#partition = :partition AND #position BETWEEN :low AND :high',
    ExpressionAttributeNames: { '#partition': partitionKey, '#position': sortKey },
    ExpressionAttributeValues: textItem({ ':partition': partition, ':low': low, ':high': high }),
    ScanIndexForward: !newestFirst,
    // A filter throws away after reading: pages as small as the limit could be many.
    Limit: type === undefined ? Math.min(limit, largestPage) : largestPage,
  };
  for await (const item of queryItems(client, ofType(input, type))) {
    const key = toEventKey(item);
    // BETWEEN includes its upper end, and only a cursor's event lies exactly there.
    if (key.position !== high) yield key;
  }
}

/** Every item that a query finds, page after page. */
export async function* queryItems(client: DynamoDBClient, input: QueryCommandInput): AsyncGenerator<Item> {
  let page = client.send(new QueryCommand(input));
  for (;;) {
    const { Items = [], LastEvaluatedKey } = await page;
    const half = Math.ceil(Items.length / 2);
    const turn = () => {
      page = client.send(new QueryCommand({ ...input, ExclusiveStartKey: LastEvaluatedKey }));
      // Its failure belongs to the consumer who comes for it, if one does.
      page.catch(() => {});
    };
    for (const [at, item] of Items.entries()) {
      if (at === half && LastEvaluatedKey !== undefined) turn();
      yield item;
    }
    if (LastEvaluatedKey === undefined) return;
    if (Items.length <= half) turn();
  }
}

export function toEventKey(item: Item): EventKey {
  return {
    subjectId: requiredText(item, 'subjectId'),
    eventId: requiredText(item, 'eventId'),
    position: requiredText(item, 'position'),
  };
}

function ofType(input: QueryCommandInput, type: string | undefined): QueryCommandInput {
  if (type === undefined) return input;
  return {
    ...input,
    FilterExpression: '#type = :type',
    ExpressionAttributeNames: { ...input.ExpressionAttributeNames, '#type': 'type' },
    ExpressionAttributeValues: { ...input.ExpressionAttributeValues, ...textItem({ ':type': type }) },
  };
}
