import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { createDynamoDbClient } from '../../../shared/aws/clients/dynamodb.ts';
import { storeClientConfig } from '../../../shared/aws/event-store.ts';
import { createLedger } from '../../../shared/aws/ledger.ts';
import { createReader, type Reader } from '../../../shared/aws/reader.ts';
import { type CountedType, eventTypes, unknownType } from '../../../shared/domain/event-types.ts';
import { type Emulators, startEmulators } from '../../support/emulators.ts';
import { patient } from './stored-parts.ts';

const counts = {
  deliveries: 2,
  events: 3,
  stored: 2,
  duplicates: 1,
  unknown: 1,
  replayed: 1,
  storedLate: 1,
  duplicatesLate: 0,
  duplicatesOtherWay: 1,
  backfilled: 0,
  storedBackfill: 0,
  products: { aaa: 0, xaa: 2, filtered_stream: 1 },
};

const received = (lastReceivedAt: string) => ({ way: 'webhook', lastReceivedAt }) as const;

describe('the ledger', () => {
  let emulators: Emulators;
  let client: DynamoDBClient;
  let reader: Reader;
  let app: string;
  let sequence = 0;

  before(async () => {
    emulators = await startEmulators();
    const { names, dynamodb } = emulators;
    client = createDynamoDbClient({ ...dynamodb, ...storeClientConfig });
    reader = createReader({ ...names, bodiesBucket: names.bucket, clients: { dynamodb } });
  });
  after(async () => {
    client.destroy();
    reader.close();
    await emulators.close();
  });
  beforeEach(() => {
    sequence += 1;
    app = `app-${sequence}`;
  });

  const open = (random = () => 0) =>
    createLedger({ client, table: emulators.names.ledgerTable, retentionDays: 30, random });

  const item = async (pk: string, sk: string) => {
    const Key = { pk: { S: pk }, sk: { S: sk } };
    const { Item = {} } = await client.send(new GetItemCommand({ TableName: emulators.names.ledgerTable, Key }));
    const { pk: _, sk: __, ...attributes } = Item;
    return Object.fromEntries(
      Object.entries(attributes).map(([name, { S, N, BOOL }]) => [name, S ?? BOOL ?? Number(N)]),
    );
  };

  test('adds up what batches bring to a minute and expires with it', async () => {
    const ledger = open();
    await ledger.addCoverage(app, '2026-11-21T10:07', counts, received('2026-11-21T10:07:30.000Z'), patient);
    await ledger.addCoverage(app, '2026-11-21T10:07', counts, received('2026-11-21T10:07:40.000Z'), patient);
    assert.deepEqual(await item(`coverage#${app}#2026-11-21`, '10:07#0'), {
      deliveries: 4,
      events: 6,
      stored: 4,
      duplicates: 2,
      unknown: 2,
      replayed: 2,
      storedLate: 2,
      duplicatesLate: 0,
      duplicatesOtherWay: 2,
      backfilled: 0,
      storedBackfill: 0,
      aaa: 0,
      xaa: 4,
      filtered_stream: 2,
      lastReceivedAt: '2026-11-21T10:07:40.000Z',
      expiresAt: Date.parse('2026-12-22T00:00:00Z') / 1_000,
    });
  });

  test('counts what the stream brings under keys of its own', async () => {
    const lastReceivedAt = '2026-11-21T10:07:30.000Z';
    await open().addCoverage(app, '2026-11-21T10:07', counts, { way: 'stream', lastReceivedAt }, patient);
    assert.equal((await item(`streamed#${app}#2026-11-21`, '10:07#0')).deliveries, 2);
    assert.deepEqual(Object.keys(await item(`streamed#${app}`, '2026-11-21')), ['expiresAt']);
    assert.deepEqual(await item(`coverage#${app}#2026-11-21`, '10:07#0'), {});
    assert.equal(await reader.lastDelivery(app), undefined);
  });

  test('keeps the newest delivery of a minute, and counts an older one that comes after', async () => {
    const ledger = open();
    await ledger.addCoverage(app, '2026-11-21T10:07', counts, received('2026-11-21T10:07:40.000Z'), patient);
    await ledger.addCoverage(app, '2026-11-21T10:07', counts, received('2026-11-21T10:07:30.000Z'), patient);
    const minute = await item(`coverage#${app}#2026-11-21`, '10:07#0');
    assert.equal(minute.lastReceivedAt, '2026-11-21T10:07:40.000Z');
    assert.equal(minute.deliveries, 4);
  });

  test('spreads a minute over shards as chance has it', async () => {
    for (const random of [0, 0.3, 0.6, 0.999]) {
      const at = received('2026-11-21T10:07:30.000Z');
      await open(() => random).addCoverage(app, '2026-11-21T10:07', counts, at, patient);
    }
    for (const shard of [0, 1, 2, 3]) {
      assert.equal((await item(`coverage#${app}#2026-11-21`, `10:07#${shard}`)).deliveries, 2);
    }
  });

  test('tells when an app’s last delivery was received, over minutes, shards and days', async () => {
    assert.equal(await reader.lastDelivery(app), undefined);
    const chances = [0.9, 0, 0.5];
    const ledger = open(() => chances.shift() ?? 0);
    await ledger.addCoverage(app, '2026-11-20T23:59', counts, received('2026-11-20T23:59:59.000Z'), patient);
    await ledger.addCoverage(app, '2026-11-21T10:07', counts, received('2026-11-21T10:07:40.000Z'), patient);
    await ledger.addCoverage(app, '2026-11-21T10:07', counts, received('2026-11-21T10:07:30.000Z'), patient);
    assert.equal(await reader.lastDelivery(app), '2026-11-21T10:07:40.000Z');
  });

  test('marks a day once in the life of a process, and again after a failure', async () => {
    const ledger = open();
    const marks = () => emulators.faults.dynamodb.count('UpdateItem');
    const respond = { status: 400, body: '{"__type":"AccessDeniedException"}' };
    emulators.faults.dynamodb.add({ target: 'UpdateItem', times: 1, respond });
    await assert.rejects(ledger.markDays(['1970-01-01'], patient), { name: 'AccessDeniedException' });
    const before = marks();
    await Promise.all([ledger.markDays(['1970-01-01'], patient), ledger.markDays(['1970-01-01'], patient)]);
    await ledger.markDays(['1970-01-01'], patient);
    assert.equal(marks() - before, 1);
  });

  test('counts stored events by type and day, over shards', async () => {
    const days = ['2030-01-01', '2030-01-02'];
    await open().markDays(days, patient);
    await open(() => 0).addTypeCounts('2030-01-01', new Map([['like.create', 2]]), patient);
    await open(() => 0.9).addTypeCounts('2030-01-01', new Map([['like.create', 3]]), patient);
    await open().addTypeCounts('2030-01-02', new Map([['unknown', 1]]), patient);
    assert.deepEqual(await reader.typeCounts({ from: '2030-01-01', to: '2030-12-31' }), [
      { day: '2030-01-02', type: 'unknown', stored: 1 },
      { day: '2030-01-01', type: 'like.create', stored: 5 },
    ]);
  });

  test('counts every type of a day and shard in one write', async () => {
    const types: readonly CountedType[] = [...eventTypes, unknownType];
    const all = new Map(types.map((type) => [type, type.length]));
    const writes = emulators.faults.dynamodb.count('UpdateItem');
    await open().addTypeCounts('2031-01-01', all, patient);
    assert.equal(emulators.faults.dynamodb.count('UpdateItem'), writes + 1);
    assert.deepEqual(await item('counts#2031-01-01', '0'), Object.fromEntries(all));
  });

  test('counts what was stored late by the minute in which it occurred, over shards, and lets it expire', async () => {
    await open(() => 0).addLate(app, '2026-11-21T10:07', 2, patient);
    await open(() => 0).addLate(app, '2026-11-21T10:07', 3, patient);
    await open(() => 0.9).addLate(app, '2026-11-21T10:07', 1, patient);
    const expiresAt = Date.parse('2026-12-22T00:00:00Z') / 1_000;
    assert.deepEqual(await item(`late#${app}#2026-11-21`, '10:07#0'), { stored: 5, expiresAt });
    assert.deepEqual(await item(`late#${app}#2026-11-21`, '10:07#3'), { stored: 1, expiresAt });
  });

  test('keeps a heartbeat once however often its message comes, for two days', async () => {
    const heartbeat = { app, receivedAt: '2026-11-21T10:07:30.000Z', proven: true };
    await open().recordHeartbeat(heartbeat, 'message-1', patient);
    await open().recordHeartbeat(heartbeat, 'message-1', patient);
    await open().recordHeartbeat({ ...heartbeat, proven: false }, 'message-2', patient);
    const expiresAt = Date.parse('2026-11-24T00:00:00Z') / 1_000;
    const kept = (deliveryId: string) => item(`heartbeats#${app}`, `2026-11-21T10:07:30.000Z#${deliveryId}`);
    assert.deepEqual(await kept('message-1'), { proven: true, expiresAt });
    assert.deepEqual(await kept('message-2'), { proven: false, expiresAt });
  });

  test('keeps when a replay job was first said to have ended, for thirty days', async () => {
    const status = { jobId: 'job-1', state: 'Complete', description: 'done' };
    await open().recordJobStatus(app, status, '2026-11-21T10:00:00.000Z', patient);
    await open().recordJobStatus(app, status, '2026-11-21T11:00:00.000Z', patient);
    assert.deepEqual(await item(`jobs#${app}`, 'job-1'), {
      state: 'Complete',
      description: 'done',
      receivedAt: '2026-11-21T10:00:00.000Z',
      expiresAt: Date.parse('2026-12-22T00:00:00Z') / 1_000,
    });
  });

  test('proves that it takes writes', async () => {
    await open().probe(patient);
    const respond = { status: 400, body: '{"__type":"AccessDeniedException"}' };
    emulators.faults.dynamodb.add({ target: 'UpdateItem', times: 1, respond });
    await assert.rejects(open().probe(patient), { name: 'AccessDeniedException' });
  });
});
