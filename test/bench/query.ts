/**
 * `npm run bench:query`: the access patterns of docs/data-model.md over a million stored events. The first run makes as
 * many of them as fit into its time; `npm run bench:query -- --prepare` makes and keeps all, in some minutes.
 */
import { parseArgs } from 'node:util';

import { itemBytes, toItem } from '../../shared/aws/event-item.ts';
import { createEventReader } from '../../shared/aws/event-reader.ts';
import { createLedgerReader } from '../../shared/aws/ledger-reader.ts';
import { dataset, datasetDays, eventOf, likedPostOf, rareType } from './query/dataset.ts';
import { type FilledTables, openFilledTables } from './query/filled-tables.ts';
import { createMeteredClient } from './query/metered-client.ts';
import { median, percentile } from './support/percentiles.ts';
import { reportBench } from './support/report-bench.ts';
import { formatNumber } from './support/table.ts';
import { withParts } from './support/with-parts.ts';

const wanted = 1_000_000;
const makeBudgetMs = 90_000;
const questionsBudgetMs = 30_000;
const questionsAtMost = 100;

interface Pattern {
  /** As docs/data-model.md numbers it. */
  readonly number: number;
  readonly what: string;
  /** Whether its items are read consistently, at a whole unit for 4 KB. */
  readonly consistent?: boolean;
  /** Asks for the `turn`-th time, always something else. Resolves with how many events, or entries, came. */
  readonly ask: (turn: number) => Promise<number>;
}

async function count(events: AsyncIterable<unknown>): Promise<number> {
  let found = 0;
  for await (const _ of events) found += 1;
  return found;
}

function patternsOf({ events, ...tables }: FilledTables, client: ReturnType<typeof createMeteredClient>['client']) {
  const ledger = createLedgerReader(client, tables.ledgerTable);
  const loadPayloadStore = async () => {
    throw new Error('No payload of the data set lies in S3.');
  };
  const reader = createEventReader({ client, ...tables, loadPayloadStore, days: ledger.days });
  const account = (turn: number) => eventOf(turn * 10 + 1).account ?? '';
  /** The end of a day, another one each time: from there on backwards. */
  const before = (turn: number) =>
    new Date(dataset.firstDayMs + ((turn % dataset.days) + 1) * 86_400_000).toISOString();
  const byBusy =
    (limit: number): Pattern['ask'] =>
    (turn) =>
      count(reader.byAccount(dataset.busyAccount, { limit, to: before(turn) }));
  const between =
    (limit: number): Pattern['ask'] =>
    (turn) =>
      count(reader.between({ limit, to: before(turn) }));
  const patterns: readonly Pattern[] = [
    {
      number: 2,
      what: 'one event by its id',
      consistent: true,
      ask: async (turn) => ((await reader.get(eventOf((turn * 104_729) % events).eventId)) === undefined ? 0 : 1),
    },
    {
      number: 3,
      what: 'newest 100 of an account',
      ask: (turn) => count(reader.byAccount(account(turn), { limit: 100 })),
    },
    { number: 3, what: 'newest 10 of a busy account', ask: byBusy(10) },
    { number: 3, what: 'newest 100 of a busy account', ask: byBusy(100) },
    { number: 3, what: 'newest 1,000 of a busy account', ask: byBusy(1000) },
    {
      number: 3,
      what: 'newest 100 of a busy account, of a type that one in two is',
      ask: (turn) => count(reader.byAccount(dataset.busyAccount, { limit: 100, type: rareType, to: before(turn) })),
    },
    {
      number: 4,
      what: `all ${dataset.likesOfEach} that carry a post`,
      ask: (turn) => count(reader.byPost(likedPostOf(turn % dataset.likedPosts))),
    },
    { number: 5, what: '100 between two times', ask: between(100) },
    { number: 5, what: '1,000 between two times', ask: between(1000) },
    {
      number: 6,
      what: 'days with events',
      ask: () => count(ledger.days({ newestFirst: true })),
    },
    {
      number: 7,
      what: 'counts by type of a week',
      ask: async (turn) => {
        const from = datasetDays[turn % (dataset.days - 7)] ?? '';
        const to = datasetDays[(turn % (dataset.days - 7)) + 6] ?? '';
        return (await ledger.typeCounts({ from, to })).length;
      },
    },
  ];
  return patterns;
}

const { values } = parseArgs({ options: { prepare: { type: 'boolean', default: false } } });

await withParts(async (parts) => {
  const tables = await openFilledTables(parts, wanted, ...(values.prepare ? [] : [makeBudgetMs]));
  const { client, takeUnits } = createMeteredClient(tables.endpoint);
  parts.own({ close: async () => client.destroy() });
  const meanItemBytes = median(Array.from({ length: 100 }, (_, index) => itemBytes(toItem(eventOf(index), 'bench'))));

  const patterns = patternsOf(tables, client);
  const measured = [];
  for (const pattern of patterns) {
    const endsAt = performance.now() + questionsBudgetMs / patterns.length;
    const times: number[] = [];
    const units: number[] = [];
    const found: number[] = [];
    for (let turn = 0; turn < questionsAtMost && (turn < 3 || performance.now() < endsAt); turn += 1) {
      takeUnits();
      const startedAt = performance.now();
      found.push(await pattern.ask(turn));
      times.push(performance.now() - startedAt);
      units.push(takeUnits());
    }
    const unitsPer100 = (median(units) * 100) / median(found);
    const ideal = ((meanItemBytes * 100) / 4096) * (pattern.consistent ? 1 : 0.5);
    measured.push({ ...pattern, times, units, found, unitsPer100, ratio: unitsPer100 / ideal });
  }
  const ofEvents = measured.filter(({ number }) => number <= 5);

  await reportBench({
    name: 'query',
    title: 'Reading what is stored',
    goal: 'read units as docs/data-model.md says, whatever the number of events that are stored.',
    rows: measured.map(({ number, what, times, units, found, unitsPer100, ratio }) => ({
      pattern: `${number}. ${what}`,
      asked: times.length,
      found: median(found),
      'p50 ms': percentile(times, 50),
      'p99 ms': percentile(times, 99),
      'read units': median(units),
      ...(number <= 5 ? { 'units per 100': unitsPer100, '× ideal': ratio } : {}),
    })),
    figures: ofEvents.map(({ number, what, ratio }) => ({
      name: `pattern ${number}, ${what}: read units beside the ideal`,
      value: ratio,
      unit: 'ratio',
      better: 'lower',
      headline: what === 'newest 100 of a busy account',
    })),
    notes: [
      `Over ${formatNumber(tables.events)} stored events of ${formatNumber(meanItemBytes)} bytes in the embedded DynamoDB, with the library's own reader; times are
those of one process asking one question after another, with the local DynamoDB's engine and not AWS's, so only the read units carry over.
${tables.events < wanted ? 'This machine does not make a million in the time that a benchmark has: `npm run bench:query -- --prepare` makes and keeps them. ' : ''}The ideal is the bytes of the items themselves at one
unit for 4 KB, half of it where reading is eventually consistent (pattern 2 is consistent), without an index and without rounding.`,
      `What limits it: DynamoDB rounds each item of a BatchGetItem up to 4 KB, so that an event of 1 KB costs as much as one of 4 KB;
indexes with the whole item would save that and cost a second and a third copy of every write. Pattern 4 reads the places of all
that carry the post, consistently, before it reads the items.`,
    ],
  });
});
