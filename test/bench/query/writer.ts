import { BatchWriteItemCommand, type WriteRequest } from '@aws-sdk/client-dynamodb';
import { createDynamoDbClient } from '../../../shared/aws/clients/dynamodb.ts';
import { type Item, textItem, toItem } from '../../../shared/aws/event-item.ts';
import { carriedPostsTable } from '../../../shared/aws/tables.ts';
import { eventOf } from './dataset.ts';

// Writes events of the data set as fast as it can, in a process of its own. Arguments: the tables' names.

export interface WriteOrder {
  readonly first: number;
  readonly count: number;
}

/** The most that DynamoDB takes in one call. */
const perBatch = 25;
const atOnce = 6;

const [, , events = '', carriedPosts = ''] = process.argv;
const client = createDynamoDbClient();

async function write(table: string, items: readonly Item[]): Promise<void> {
  let RequestItems: Record<string, WriteRequest[]> = { [table]: items.map((Item) => ({ PutRequest: { Item } })) };
  while (Object.keys(RequestItems).length > 0) {
    RequestItems = (await client.send(new BatchWriteItemCommand({ RequestItems }))).UnprocessedItems ?? {};
  }
}

async function writeFrom(first: number, count: number): Promise<void> {
  const found = Array.from({ length: count }, (_, index) => eventOf(first + index));
  const { partitionKey, sortKey } = carriedPostsTable;
  const references = found.flatMap(({ eventId, subjectId, carriedPostIds }) =>
    carriedPostIds.map((id) => textItem({ [partitionKey]: id, [sortKey]: eventId, subjectId })),
  );
  if (references.length > 0) await write(carriedPosts, references);
  await write(
    events,
    found.map((event) => toItem(event, `bench-${event.subjectId}`)),
  );
}

process.on('message', async ({ first, count }: WriteOrder) => {
  let next = first;
  const worker = async () => {
    while (next < first + count) {
      const from = next;
      next += perBatch;
      await writeFrom(from, Math.min(perBatch, first + count - from));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  process.send?.('written');
});
process.once('disconnect', () => process.exit(0));
process.send?.('ready');
