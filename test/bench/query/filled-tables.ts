import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { dynoxide } from '../../../local/dynamodb/dynoxide.ts';
import { startDynamoDb } from '../../../local/dynamodb.ts';
import type { StackModel } from '../../../local/template.ts';
import { toItem } from '../../../shared/aws/event-item.ts';
import { sha256Hex } from '../../../shared/aws/index-keys.ts';
import { buildStack } from '../support/stack-functions.ts';
import type { Parts } from '../support/with-parts.ts';
import { eventOf } from './dataset.ts';
import { type TableNames, writeExport } from './export.ts';

export interface FilledTables extends TableNames {
  readonly endpoint: string;
  readonly events: number;
}

const run = promisify(execFile);

/** Where the data stay between runs: making them takes longer than all questions together. */
const keptDir = join(import.meta.dirname, '../../../build/bench/query-data');
const noteFile = join(keptDir, 'note.json');

const sampleEvents = 5_000;
/** An index that grows takes longer for each item. */
const share = 0.5;

/** What the data are made of: another shape of items is another data set. */
const fingerprint = sha256Hex(JSON.stringify([0, 1, 9_999].map((number) => toItem(eventOf(number), 'bench'))));

/**
 * The stack's tables with `wanted` events. Where none are kept from an earlier run: as many of them as can be made in
 * `budgetMs`; without a budget all.
 */
export async function openFilledTables(parts: Parts, wanted: number, budgetMs?: number): Promise<FilledTables> {
  const { model } = await buildStack(await parts.directory(), 'http://127.0.0.1');
  const nameOf = (logical: string) => model.tables.find(({ name }) => name.includes(logical))?.name ?? logical;
  const names = {
    eventsTable: nameOf('Events'),
    carriedPostsTable: nameOf('CarriedPosts'),
    ledgerTable: nameOf('Ledger'),
  };
  const kept = await readKept();
  const enough = kept === wanted || (kept > 0 && budgetMs !== undefined);
  const events = enough ? kept : await make(parts, names, model.tables, wanted, budgetMs);
  const dynamodb = parts.own(await startDynamoDb({ dataDir: keptDir }));
  return { endpoint: dynamodb.url, ...names, events };
}

async function make(
  parts: Parts,
  names: TableNames,
  tables: StackModel['tables'],
  wanted: number,
  budgetMs: number | undefined,
): Promise<number> {
  let events = wanted;
  if (budgetMs !== undefined) {
    const startedAt = performance.now();
    await importEvents(parts, names, tables, sampleEvents);
    const perMs = sampleEvents / (performance.now() - startedAt);
    events = Math.min(wanted, Math.floor((budgetMs * perMs * share) / 1000) * 1000);
  }
  await importEvents(parts, names, tables, events);
  await writeFile(noteFile, JSON.stringify({ events, fingerprint }));
  return events;
}

/** Over whatever was kept before. */
async function importEvents(parts: Parts, names: TableNames, tables: StackModel['tables'], events: number) {
  const source = await parts.directory();
  await writeExport(source, names, tables, events);
  await rm(keptDir, { recursive: true, force: true });
  await mkdir(keptDir, { recursive: true });
  const paths = ['--source', source, '--schema', join(source, 'schema.json'), '--output', join(keptDir, 'dynamodb.db')];
  await run(dynoxide().command, ['import', ...paths]);
}

/** How many events are kept; 0: none, or of another shape. */
async function readKept(): Promise<number> {
  const text = await readFile(noteFile, 'utf8').catch(() => '{}');
  const { events, fingerprint: of }: { events?: unknown; fingerprint?: unknown } = JSON.parse(text);
  return typeof events === 'number' && of === fingerprint ? events : 0;
}
