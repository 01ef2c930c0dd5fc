import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type DynamoDBClient, type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { chunk } from '../domain/subscriptions/chunk.ts';
import { GaplessError } from '../errors.ts';
import type { WantedStore } from '../subscription-ports.ts';
import { type Item, requiredText, textItem } from './event-item.ts';
import { queryItems } from './event-reader/event-keys.ts';
import { ledgerKeys } from './ledger-keys.ts';

/** Below DynamoDB's 400 KB for an item. Compressed, X's largest tier of 150,000 subscriptions takes three or four. */
const partBytes = 300_000;
/** A query of more than a page is not one moment: somebody may have saved meanwhile. */
const mostReads = 5;

/** The wanted keys of each app in the ledger, compressed lines in as many items as they need. */
export function createWantedStore(client: DynamoDBClient, table: string): WantedStore {
  const readParts = (app: string): Promise<readonly Item[]> =>
    Array.fromAsync(
      queryItems(client, {
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: textItem({ ':pk': ledgerKeys.wantedSubscriptions(app, 0).pk }),
        ConsistentRead: true,
      }),
    );

  return {
    /** Pattern 14. */
    async read(app) {
      for (let attempt = 0; attempt < mostReads; attempt += 1) {
        const items = await readParts(app);
        const [first] = items;
        if (first === undefined) return undefined;
        const parts = items.slice(0, Number(first.parts?.N));
        const isWhole = parts.length === Number(first.parts?.N);
        if (isWhole && parts.every((part) => part.revision?.S === first.revision?.S)) return linesOf(parts);
      }
      throw new GaplessError(
        'ITEM_MALFORMED',
        `The wanted subscriptions of app ${app} in the ledger do not fit together. Write them again with gapless subscriptions apply.`,
      );
    },

    /** Pattern 14. */
    async save(app, keys) {
      const zipped = gzipSync(keys.join('\n'));
      const revision = createHash('sha256').update(zipped).digest('hex');
      const parts = chunk(zipped, partBytes);
      const puts = parts.map((bytes, part) => {
        const texts = textItem({ ...ledgerKeys.wantedSubscriptions(app, part), revision });
        return {
          Put: { TableName: table, Item: { ...texts, parts: { N: String(parts.length) }, keys: { B: bytes } } },
        };
      });
      const surplus = (await readParts(app)).slice(parts.length).map((item): TransactWriteItem => {
        const Key = textItem({ pk: requiredText(item, 'pk'), sk: requiredText(item, 'sk') });
        return { Delete: { TableName: table, Key } };
      });
      await client.send(new TransactWriteItemsCommand({ TransactItems: [...puts, ...surplus] }));
    },
  };
}

function linesOf(parts: readonly Item[]): readonly string[] {
  const text = gunzipSync(Buffer.concat(parts.map((part) => part.keys?.B ?? new Uint8Array()))).toString();
  return text === '' ? [] : text.split('\n');
}
