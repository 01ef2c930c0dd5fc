import { setTimeout as sleep } from 'node:timers/promises';
import {
  BatchGetItemCommand,
  type BatchGetItemCommandOutput,
  type DynamoDBClient,
  type KeysAndAttributes,
} from '@aws-sdk/client-dynamodb';
import { GaplessError } from '../../errors.ts';
import { type Item, requiredText, textItem } from '../event-item.ts';
import type { EventKey } from './event-keys.ts';

/** The most keys that DynamoDB takes in one call. */
export const maxBatchGet = 100;

/** With the waits between them some three seconds. */
const maxFruitlessTries = 6;
const firstDelayMs = 50;

/** Reads the items of at most `maxBatchGet` keys, by event id. Those that do not exist are left out. */
export async function batchGet(
  client: DynamoDBClient,
  table: string,
  keys: readonly Pick<EventKey, 'subjectId' | 'eventId'>[],
  projection: Omit<KeysAndAttributes, 'Keys'> = {},
): Promise<ReadonlyMap<string, Item>> {
  const found = new Map<string, Item>();
  let wanted: KeysAndAttributes | undefined = {
    ...projection,
    Keys: keys.map(({ subjectId, eventId }) => textItem({ subjectId, eventId })),
  };
  for (let fruitless = 0; wanted !== undefined && fruitless < maxFruitlessTries; ) {
    const { Responses, UnprocessedKeys }: BatchGetItemCommandOutput = await client.send(
      new BatchGetItemCommand({ RequestItems: { [table]: wanted } }),
    );
    const items = Responses?.[table] ?? [];
    for (const item of items) found.set(requiredText(item, 'eventId'), item);
    wanted = UnprocessedKeys?.[table];
    // Some are left because an answer holds 16 MB, or, when none came, because the table is throttled.
    fruitless = items.length > 0 ? 0 : fruitless + 1;
    if (wanted !== undefined && fruitless > 0 && fruitless < maxFruitlessTries)
      await sleep(firstDelayMs * 2 ** fruitless);
  }
  if (wanted === undefined) return found;
  throw new GaplessError(
    'TABLE_THROTTLED',
    `The table ${table} gave none of ${wanted.Keys?.length} items: it is throttled. Read again later, from the last cursor.`,
  );
}
