import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BatchWriteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startDynamoDb } from '../../../local/dynamodb.ts';
import { createTables } from '../../../local/resources/tables.ts';
import { sdkConfig } from '../../../local/sdk-config.ts';
import { createDynamoDbClient } from '../../../shared/aws/clients/dynamodb.ts';
import { ledgerKeys } from '../../../shared/aws/ledger-keys.ts';
import { type Child, startChild } from '../support/child.ts';
import { buildStack } from '../support/stack-functions.ts';
import type { Parts } from '../support/with-parts.ts';
import { datasetDays, rareType } from './dataset.ts';
import type { WriteOrder } from './writer.ts';

export interface FilledTables {
  readonly endpoint: string;
  readonly eventsTable: string;
  readonly carriedPostsTable: string;
  readonly ledgerTable: string;
  /** The events number 0 and up to it. */
  readonly events: number;
  /** Of them written now, and in which time; the others lay there from runs before. */
  readonly written: { readonly events: number; readonly seconds: number };
}

/** Where the data stay between runs: filling takes longer than all questions together. */
const dataDir = join(import.meta.dirname, '../../../build/bench/query-data');
const progressFile = join(dataDir, 'events.json');
const writers = 2;
const perOrder = 2_500;

/** The stack's tables with as many of `wanted` events as the time allows; the next run goes on from there. */
export async function fillTables(parts: Parts, wanted: number, budgetMs: number): Promise<FilledTables> {
  await mkdir(dataDir, { recursive: true });
  const dynamodb = parts.own(await startDynamoDb({ dataDir }));
  const { model } = await buildStack(await parts.directory(), dynamodb.url);
  const nameOf = (logical: string) => model.tables.find(({ name }) => name.includes(logical))?.name ?? logical;
  const names = {
    eventsTable: nameOf('Events'),
    carriedPostsTable: nameOf('CarriedPosts'),
    ledgerTable: nameOf('Ledger'),
  };
  const client = createDynamoDbClient(sdkConfig(dynamodb.url));
  await createTables(client, model.tables);
  await writeLedger(client, names.ledgerTable);
  client.destroy();

  const before = await readProgress();
  const startedAt = performance.now();
  const events = before < wanted ? await fill(dynamodb.url, names, { before, wanted, budgetMs }) : before;
  const seconds = (performance.now() - startedAt) / 1000;
  return { endpoint: dynamodb.url, ...names, events, written: { events: events - before, seconds } };
}

interface Fill {
  readonly before: number;
  readonly wanted: number;
  readonly budgetMs: number;
}

type TableNames = Pick<FilledTables, 'eventsTable' | 'carriedPostsTable'>;

async function fill(url: string, names: TableNames, { before, wanted, budgetMs }: Fill): Promise<number> {
  const { region, credentials } = sdkConfig(url);
  const env = {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: url,
  };
  const file = join(import.meta.dirname, 'writer.ts');
  const children: Child<WriteOrder, unknown>[] = [];
  for (let writer = 0; writer < writers; writer += 1) {
    children.push(await startChild(file, [names.eventsTable, names.carriedPostsTable], env));
  }
  const endsAt = performance.now() + budgetMs;
  let next = before;
  await Promise.all(
    children.map(async (child) => {
      while (next < wanted && performance.now() < endsAt) {
        const first = next;
        next += perOrder;
        await child.ask({ first, count: perOrder });
      }
    }),
  );
  await Promise.all(children.map((child) => child.close()));
  await writeFile(progressFile, JSON.stringify({ events: next }));
  return next;
}

async function readProgress(): Promise<number> {
  const text = await readFile(progressFile, 'utf8').catch(() => '{}');
  const { events = 0 }: { events?: unknown } = JSON.parse(text);
  return typeof events === 'number' ? events : 0;
}

/** Days with events and counts by type, which patterns 5, 6 and 7 read first. */
async function writeLedger(client: DynamoDBClient, table: string): Promise<void> {
  for (const day of datasetDays) {
    const mark = ledgerKeys.day(day);
    const counts = ledgerKeys.typeCounts(day, 0);
    const Items = [
      { pk: { S: mark.pk }, sk: { S: mark.sk } },
      { pk: { S: counts.pk }, sk: { S: counts.sk }, 'like.create': { N: '31000' }, [rareType]: { N: '1700' } },
    ];
    const requests = Items.map((Item) => ({ PutRequest: { Item } }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
  }
}
