import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createGzip } from 'node:zlib';
import type { StackModel } from '../../../local/template.ts';
import { type Item, textItem, toItem } from '../../../shared/aws/event-item.ts';
import { ledgerKeys } from '../../../shared/aws/ledger-keys.ts';
import { carriedPostsTable } from '../../../shared/aws/tables.ts';
import { datasetDays, eventOf, rareType } from './dataset.ts';

export interface TableNames {
  readonly eventsTable: string;
  readonly carriedPostsTable: string;
  readonly ledgerTable: string;
}

/** Writes the data set as DynamoDB exports tables to S3, items as the stack's own code makes them; and the tables' schemas. */
export async function writeExport(dir: string, names: TableNames, tables: StackModel['tables'], events: number) {
  await writeTable(join(dir, names.eventsTable), eventItems(events));
  await writeTable(join(dir, names.carriedPostsTable), references(events));
  await writeTable(join(dir, names.ledgerTable), ledgerItems());
  const schema = tables.map(({ name, attributes, keys, indexes }) => ({
    Table: {
      TableName: name,
      AttributeDefinitions: attributes,
      KeySchema: keys,
      BillingMode: 'PAY_PER_REQUEST',
      ...(indexes.length === 0 ? {} : { GlobalSecondaryIndexes: indexes }),
    },
  }));
  await writeFile(join(dir, 'schema.json'), JSON.stringify(schema));
}

function* eventItems(events: number): Generator<Item> {
  for (let number = 0; number < events; number += 1) yield toItem(eventOf(number), `bench-${number}`);
}

function* references(events: number): Generator<Item> {
  const { partitionKey, sortKey } = carriedPostsTable;
  for (let number = 0; number < events; number += 1) {
    const { carriedPostIds, eventId, subjectId } = eventOf(number);
    if (carriedPostIds.length === 0) return;
    for (const postId of carriedPostIds) yield textItem({ [partitionKey]: postId, [sortKey]: eventId, subjectId });
  }
}

/** Days with events and counts by type, which patterns 5, 6 and 7 read first. */
function* ledgerItems(): Generator<Item> {
  for (const day of datasetDays) {
    const counts = { ...textItem({ ...ledgerKeys.typeCounts(day, 0) }), 'like.create': { N: '31000' } };
    yield textItem({ ...ledgerKeys.day(day) });
    yield { ...counts, [rareType]: { N: '1700' } };
  }
}

const linesAtOnce = 200;

async function writeTable(dir: string, items: Iterable<Item>): Promise<void> {
  await mkdir(join(dir, 'data'), { recursive: true });
  const zip = createGzip({ level: 1 });
  const file = zip.pipe(createWriteStream(join(dir, 'data/items.json.gz')));
  let lines: string[] = [];
  for (const Item of items) {
    lines.push(`${JSON.stringify({ Item })}\n`);
    if (lines.length < linesAtOnce) continue;
    if (!zip.write(lines.join(''))) await once(zip, 'drain');
    lines = [];
  }
  zip.end(lines.join(''));
  await once(file, 'close');
}
