import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { type DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { createDynamoDbClient } from '../../../shared/aws/clients/dynamodb.ts';
import { type LedgerKey, ledgerKeys } from '../../../shared/aws/ledger-keys.ts';
import { dayParts } from '../../../shared/aws/watch-ledger/seen-by-recorder.ts';
import { createWatchLedger, watchLedgerClientConfig } from '../../../shared/aws/watch-ledger.ts';
import type { Gap } from '../../../shared/domain/gaps/gap.ts';
import { newWatchState, type Tick, type WatchState } from '../../../shared/domain/gaps/watch-state.ts';
import { at, known, openGap } from '../../domain/gaps/seen.ts';
import { type Emulators, startEmulators } from '../../support/emulators.ts';

describe('the watch ledger', () => {
  let emulators: Emulators;
  let client: DynamoDBClient;
  let app: string;
  let sequence = 0;

  before(async () => {
    emulators = await startEmulators();
    client = createDynamoDbClient({ ...emulators.dynamodb, ...watchLedgerClientConfig });
  });
  after(async () => {
    client.destroy();
    await emulators.close();
  });
  beforeEach(() => {
    sequence += 1;
    app = `app-${sequence}`;
  });

  const ledger = () =>
    createWatchLedger({
      client,
      table: emulators.names.ledgerTable,
      clock: { now: () => at(0) },
      retentionDays: 30,
    });
  const gap = (from: number, to: number, changes: Partial<Gap> = {}): Gap => ({
    ...openGap(from, to, { app, gapId: `${app}-${from}` }),
    ...changes,
  });
  const empty = (): Tick => ({ state: newWatchState(app), gaps: [] });
  const item = (key: LedgerKey) => ({ pk: { S: key.pk }, sk: { S: key.sk } });
  const count = async (key: LedgerKey, counters: Readonly<Record<string, number>>, lastReceivedAt?: string) => {
    const numbers = Object.entries(counters).map(([name, value]) => [name, { N: String(value) }]);
    const received = lastReceivedAt === undefined ? {} : { lastReceivedAt: { S: lastReceivedAt } };
    const Item = { ...item(key), ...Object.fromEntries(numbers), ...received };
    await client.send(new PutItemCommand({ TableName: emulators.names.ledgerTable, Item }));
  };

  describe('remembers between ticks', () => {
    test('nothing, at first', async () => {
      assert.deepEqual(await ledger().load(app), empty());
    });

    test('all of the state, whatever it holds, and one version more', async () => {
      const time = fc.integer({ min: 0, max: 2 ** 45 });
      const interval = fc.record({ fromMs: time, toMs: time });
      const started = { window: interval, startedAtMs: time };
      const states = fc.record<WatchState, keyof WatchState>(
        {
          app: fc.constant('any'),
          version: fc.constant(0),
          webhookId: fc.string(),
          knownSinceMs: time,
          watchedAtMs: time,
          measuredAtMs: time,
          lastGoodAtMs: time,
          requests: fc.array(fc.record({ atMs: time, state: fc.constantFrom('asked', 'taken', 'failed') })),
          job: fc.oneof(
            fc.record({ state: fc.constant('claimed' as const), window: interval, claimedAtMs: time }),
            fc.record({ state: fc.constant('running' as const), ...started, jobId: fc.string() }),
            fc.record({ state: fc.constant('settling' as const), ...started, endedAtMs: time }),
            fc.record({ state: fc.constant('foreign' as const), sinceMs: time }),
          ),
          jobsRan: fc.array(interval),
          settled: fc.array(fc.record({ fromMs: time, toMs: time, atMs: time })),
          trouble: fc.record({ fromMs: time, attempts: fc.nat(), halvings: fc.nat() }),
          pausedUntilMs: time,
          crcFailedAtMs: time,
          held: interval,
          subscriptionsAtMs: time,
          judged: fc.array(time),
          quiet: fc.dictionary(
            fc.constantFrom('aaa', 'xaa'),
            fc.record({ sinceMs: time, lastAtMs: time, longestMs: time }),
            { noNullPrototype: true },
          ),
        },
        { requiredKeys: ['app', 'version', 'requests', 'jobsRan', 'settled', 'judged', 'quiet'] },
      );
      await fc.assert(
        fc.asyncProperty(states, async (drawn) => {
          sequence += 1;
          const state = { ...structuredClone(drawn), app: `app-${sequence}` };
          const saved = await ledger().save({ state: newWatchState(state.app), gaps: [] }, { state, gaps: [] });
          assert.deepEqual(saved, { state: { ...state, version: 1 }, gaps: [] });
          assert.deepEqual(await ledger().load(state.app), saved);
        }),
        { numRuns: 30 },
      );
    });

    test('every unfinished gap, oldest first, until it is finished or withdrawn', async () => {
      const [first, second, third] = [
        gap(1, 2, { missedAtMs: at(1), storedLateBefore: 4, lostParts: [{ fromMs: at(1), toMs: at(2), why: 'so' }] }),
        gap(3, 4),
        gap(5, 6, { state: 'suspected', toMs: null }),
      ] as const;
      const opened = await ledger().save(empty(), { ...empty(), gaps: [third, first, second] });
      assert.ok(opened);
      assert.deepEqual((await ledger().load(app)).gaps, [first, second, third]);

      const healed: Gap = { ...second, state: 'healed', recovered: 7, attempts: 1 };
      const saved = await ledger().save(opened, { state: opened.state, gaps: [first, healed] });
      assert.deepEqual(saved?.gaps, [first]);
      assert.deepEqual((await ledger().load(app)).gaps, [first]);
      assert.deepEqual(await ledger().list(app), [healed, first]);
      assert.deepEqual(await ledger().get(app, second.gapId), healed);
      assert.equal(await ledger().get(app, third.gapId), undefined);
    });

    test('hundreds of changed gaps at once', async () => {
      const gaps = Array.from({ length: 230 }, (_, index) => gap(index, index + 1));
      const opened = await ledger().save(empty(), { ...empty(), gaps });
      assert.equal((await ledger().load(app)).gaps.length, 230);
      const healed = gaps.map((one): Gap => ({ ...one, state: 'healed' }));
      assert.ok(opened);
      await ledger().save(opened, { state: opened.state, gaps: healed });
      assert.deepEqual(await ledger().load(app), { state: { ...opened.state, version: 2 }, gaps: [] });
    });

    test('what one of two overlapping ticks says, and tells the other', async () => {
      const opened = await ledger().save(empty(), empty());
      assert.ok(opened);
      const changes: readonly Tick[] = [
        { state: known({ ...opened.state, lastGoodAtMs: at(1) }), gaps: [] },
        { state: opened.state, gaps: [gap(1, 2)] },
        { state: opened.state, gaps: Array.from({ length: 150 }, (_, index) => gap(index, index + 1)) },
      ];
      const winner = await ledger().save(opened, opened);
      assert.ok(winner);
      for (const late of changes) assert.equal(await ledger().save(opened, late), undefined);
      assert.deepEqual(await ledger().load(app), winner);
      assert.deepEqual(await ledger().list(app), []);
    });

    test('nothing of a first tick that another was faster than', async () => {
      await ledger().save(empty(), empty());
      assert.equal(await ledger().save(empty(), { ...empty(), gaps: [gap(1, 2)] }), undefined);
    });

    test('nothing half: it fails when the table does', async () => {
      const respond = { status: 400, body: '{"__type":"AccessDeniedException"}' };
      const remove = emulators.faults.dynamodb.add({ target: 'TransactWriteItems', respond });
      await assert.rejects(ledger().save(empty(), { ...empty(), gaps: [gap(1, 2)] }), {
        name: 'AccessDeniedException',
      });
      remove();
      assert.deepEqual(await ledger().load(app), empty());
    });

    test('no state that it cannot read', async () => {
      for (const watch of ['{', '[]', '{"app":1}', '{"app":"a","version":1,"requests":[{"atMs":"x"}]}']) {
        const Item = { ...item(ledgerKeys.watchState(app)), watch: { S: watch } };
        await client.send(new PutItemCommand({ TableName: emulators.names.ledgerTable, Item }));
        await assert.rejects(ledger().load(app), { name: 'GaplessError', code: 'ITEM_MALFORMED' });
      }
    });
  });

  describe('takes a gap of a person', () => {
    test('once, and the next tick has it', async () => {
      const manual = gap(1, 2, { reason: 'manual' });
      assert.equal(await ledger().open(manual), 'opened');
      assert.equal(await ledger().open(manual), 'exists');
      assert.deepEqual((await ledger().load(app)).gaps, [manual]);
    });
  });

  describe('reads what the recorder counted', () => {
    const receipt = (minute: string, second: number) => `${minute}:${String(second).padStart(2, '0')}.000Z`;

    test('minutes over shards and midnight, the last one included', async () => {
      const minutes = ['2026-11-20T23:59', '2026-11-21T00:00', '2026-11-21T00:01'] as const;
      for (const [index, minute] of minutes.entries()) {
        await count(ledgerKeys.coverage(app, minute, 0), { deliveries: 1, xaa: 1 }, receipt(minute, 10));
        await count(
          ledgerKeys.coverage(app, minute, 3),
          { deliveries: 2, replayed: index, events: 3, stored: 2, duplicates: 1, storedLate: 1, aaa: 2 },
          receipt(minute, 5),
        );
      }
      const span = { fromMs: Date.parse('2026-11-20T23:59Z'), toMs: Date.parse('2026-11-21T00:01Z') };
      const read = await ledger().minutes(app, span);
      assert.deepEqual(
        read.map(({ minuteMs }) => minuteMs),
        [Date.parse('2026-11-20T23:59Z'), Date.parse('2026-11-21T00:00Z')],
      );
      assert.deepEqual(read[1], {
        minuteMs: Date.parse('2026-11-21T00:00Z'),
        lastReceivedAtMs: Date.parse('2026-11-21T00:00:10Z'),
        deliveries: 3,
        replayed: 1,
        events: 3,
        stored: 2,
        duplicates: 1,
        unknown: 0,
        storedLate: 1,
        duplicatesLate: 0,
        duplicatesOtherWay: 0,
        backfilled: 0,
        storedBackfill: 0,
        products: new Map([
          ['aaa', 2],
          ['xaa', 1],
        ]),
      });
    });

    test('heartbeats since a time, proven ones and others', async () => {
      const table = emulators.names.ledgerTable;
      for (const [second, proven] of [
        [1, false],
        [2, true],
        [3, false],
      ] as const) {
        const Item = {
          ...item(ledgerKeys.heartbeat(app, receipt('2026-11-21T00:00', second), 'm')),
          proven: { BOOL: proven },
        };
        await client.send(new PutItemCommand({ TableName: table, Item }));
      }
      assert.deepEqual(await ledger().heartbeats(app, at(0) + 2_000), [
        { receivedAtMs: at(0) + 2_000, proven: true },
        { receivedAtMs: at(0) + 3_000, proven: false },
      ]);
    });

    test('the ends of replay jobs', async () => {
      await client.send(
        new UpdateItemCommand({
          TableName: emulators.names.ledgerTable,
          Key: item(ledgerKeys.jobStatus(app, 'job-1')),
          UpdateExpression: 'SET #state = :state, receivedAt = :receivedAt',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':state': { S: 'Complete' }, ':receivedAt': { S: '2026-11-21T00:05:00.000Z' } },
        }),
      );
      assert.deepEqual(await ledger().jobStatuses(app), [{ jobId: 'job-1', state: 'Complete', receivedAtMs: at(5) }]);
    });

    test('late events of a span of days, one query a day', async () => {
      for (const minute of [
        '2026-11-19T12:00',
        '2026-11-19T12:01',
        '2026-11-20T00:00',
        '2026-11-21T12:00',
        '2026-11-21T12:01',
      ]) {
        await count(ledgerKeys.late(app, minute, 0), { stored: 1 });
        await count(ledgerKeys.late(app, minute, 2), { stored: 10 });
      }
      const span = { fromMs: Date.parse('2026-11-19T12:01Z'), toMs: Date.parse('2026-11-21T12:00:30Z') };
      const before = emulators.faults.dynamodb.count('Query');
      assert.equal(await ledger().storedLate(app, span), 33);
      assert.equal(emulators.faults.dynamodb.count('Query') - before, 3);
    });
  });
});

describe('dayParts', () => {
  test('name every minute of a span once', () => {
    const minuteOf = (text: string) => Date.parse(`${text}:00.000Z`) / 60_000;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 1, max: 5_000 }), (from, length) => {
        const span = { fromMs: at(from), toMs: at(from + length) };
        const named = dayParts(span).flatMap(({ day, from: first, to: last }) => {
          const start = minuteOf(`${day}T${first}`);
          return Array.from({ length: minuteOf(`${day}T${last}`) - start + 1 }, (_, index) => start + index);
        });
        assert.deepEqual(
          named,
          Array.from({ length }, (_, index) => at(from + index) / 60_000),
        );
      }),
    );
  });

  test('of nothing are none', () => {
    assert.deepEqual(dayParts({ fromMs: at(5), toMs: at(5) }), []);
  });
});
