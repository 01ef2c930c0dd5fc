import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { createDynamoDbClient } from '../../../shared/aws/clients/dynamodb.ts';
import { textItem } from '../../../shared/aws/event-item.ts';

// Conditional puts and nothing else, in a process of its own. Argument: the table, which has the keys of the events table.

export interface PutOrder {
  readonly bytes: number;
  readonly atOnce: number;
  readonly seconds: number;
}

export interface PutResult {
  readonly puts: number;
  readonly seconds: number;
}

const TableName = process.argv[2];
const client = createDynamoDbClient();
let next = 1;

async function put(payload: string): Promise<void> {
  const number = String(next);
  next += 1;
  const item = textItem({
    subjectId: number,
    eventId: `default:aaa:tweet_create_events:2244994945:${number}`,
    accountShard: `2244994945#${Number(number) % 4}`,
    dayShard: `2026-11-22#${Number(number) % 4}`,
    position: `2026-11-22T10:00:00.000Z#${number.padStart(16, '0')}`,
    type: 'post.mention.create',
    payload,
  });
  const ConditionExpression = 'attribute_not_exists(eventId)';
  await client.send(new PutItemCommand({ TableName, Item: item, ConditionExpression }));
}

process.on('message', async ({ bytes, atOnce, seconds }: PutOrder) => {
  const payload = 'x'.repeat(bytes);
  const first = next;
  const startedAt = performance.now();
  const worker = async () => {
    while (performance.now() - startedAt < seconds * 1000) await put(payload);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const result: PutResult = { puts: next - first, seconds: (performance.now() - startedAt) / 1000 };
  process.send?.(result);
});
process.once('disconnect', () => process.exit(0));
process.send?.('ready');
