import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { createDynamoDbClient } from '../../../shared/aws/clients/dynamodb.ts';
import { createStreamSessions } from '../../../shared/aws/stream-sessions.ts';
import type { StreamSession } from '../../../shared/domain/stream/stream-session.ts';
import type { StreamSessions } from '../../../shared/stream-ports.ts';
import { type Emulators, startEmulators } from '../../support/emulators.ts';

const at = (time: string) => Date.parse(`2026-11-21T${time}Z`);
const session = (connected: string, from: string, to: string, more: Partial<StreamSession> = {}): StreamSession => ({
  app: 'shop',
  kind: 'live',
  holder: 'h-1',
  connectedAtMs: at(connected),
  fromMs: at(from),
  toMs: at(to),
  ...more,
});

describe('the sessions of the stream', () => {
  let emulators: Emulators;
  let client: DynamoDBClient;
  let sessions: StreamSessions;
  before(async () => {
    emulators = await startEmulators();
    client = createDynamoDbClient(emulators.dynamodb);
    sessions = createStreamSessions({ client, table: emulators.names.ledgerTable, retentionDays: 400 });
  });
  after(async () => {
    client.destroy();
    await emulators.close();
  });

  test('are read by what they cover, whenever they connected', async () => {
    const filledBack = session('10:02:00', '09:58:00', '10:12:00');
    const long = session('09:46:00', '09:46:00', '10:00:00.001');
    const recovery = session('15:00:00', '10:30:00', '10:40:00', { kind: 'recovery', holder: 'h-2' });
    const outside = [
      session('09:30:00', '09:30:00', '10:00:00'),
      session('11:00:00', '11:00:00', '11:10:00'),
      session('10:20:00', '10:20:00', '10:30:00', { app: 'other' }),
      session('10:25:00', '10:25:00', '10:25:00'),
    ];
    for (const one of [filledBack, long, recovery, ...outside]) await sessions.save(one);

    const found = await sessions.read('shop', { fromMs: at('10:00:00'), toMs: at('11:00:00') });
    assert.deepEqual(found, [long, filledBack, recovery]);
  });

  test('grow in place while their connection lives', async () => {
    const app = 'growing';
    await sessions.save(session('10:00:00', '10:00:00', '10:00:10', { app }));
    const grown = session('10:00:00', '10:00:00', '10:00:20', { app });
    await sessions.save(grown);
    assert.deepEqual(await sessions.read(app, { fromMs: 0, toMs: at('23:00:00') }), [grown]);
  });

  test('expire with the ledger', async () => {
    await sessions.save(session('10:00:00', '10:00:00', '10:00:10', { app: 'expiring' }));
    const { Item } = await client.send(
      new GetItemCommand({
        TableName: emulators.names.ledgerTable,
        Key: { pk: { S: 'stream#expiring' }, sk: { S: 'session#2026-11-21T10:00:00.000Z#h-1' } },
      }),
    );
    assert.equal(Number(Item?.expiresAt?.N), at('10:00:00') / 1_000 + 400 * 86_400);
  });
});
