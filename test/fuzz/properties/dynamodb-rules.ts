import assert from 'node:assert/strict';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { carriedPostsTable, eventsTable } from '../../../shared/aws/tables.ts';

type Item = Readonly<Record<string, AttributeValue>>;

const { byAccount, byTime } = eventsTable;

function assertKey(item: Item, name: string, mostBytes: number): void {
  const bytes = Buffer.byteLength(item[name]?.S ?? '');
  assert.ok(bytes > 0 && bytes <= mostBytes, `key ${name} has 1 to ${mostBytes} bytes, not ${bytes}`);
}

function assertItem(item: Item, keys: { readonly partitionKey: string; readonly sortKey: string }): void {
  assertKey(item, keys.partitionKey, 2_048);
  assertKey(item, keys.sortKey, 1_024);
  let bytes = 0;
  for (const [name, { S = '\ud800' }] of Object.entries(item)) {
    assert.ok(S.isWellFormed(), `${name} is UTF-8`);
    bytes += Buffer.byteLength(name) + Buffer.byteLength(S);
  }
  assert.ok(bytes <= 400 * 1_024, `an item has at most 400 KB, not ${bytes} bytes`);
}

/** What DynamoDB would refuse (docs: quotas, naming rules and data types). */
export function assertEventItem(item: Item): void {
  assertItem(item, eventsTable);
  assertItem(item, byTime);
  if (item[byAccount.partitionKey] !== undefined) assertItem(item, byAccount);
}

export function assertReferenceItem(item: Item): void {
  assertItem(item, carriedPostsTable);
}
