import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { createDynamoDbClient } from '../../../../shared/aws/clients/dynamodb.ts';
import { ledgerKeys } from '../../../../shared/aws/ledger-keys.ts';
import { minuteMs } from '../../../../shared/domain/gaps/interval.ts';
import type { SubscriptionListing } from '../../../../shared/watch-ports.ts';
import { type Emulators, startEmulators } from '../../../support/emulators.ts';
import { WatchedApp } from './watched-app.ts';

describe('what operators leave in the ledger', () => {
  let emulators: Emulators;
  let client: DynamoDBClient;
  let sequence = 0;

  before(async () => {
    emulators = await startEmulators();
    client = createDynamoDbClient(emulators.dynamodb);
  });
  after(async () => {
    client.destroy();
    await emulators.close();
  });

  const watched = (): WatchedApp => {
    sequence += 1;
    return new WatchedApp(client, emulators.names.ledgerTable, `app-${sequence}`);
  };

  describe('as wanted', () => {
    const wanted = ['xaa like.create 1', 'xaa like.create 2'];
    const has = (...keys: string[]): SubscriptionListing => ({ kind: 'listed', keys, elsewhere: 0 });
    const applied = async (): Promise<WatchedApp> => {
      const it = watched();
      await it.wanted.save(it.app, wanted);
      it.x.subscribed = has(...wanted);
      await it.tick();
      return it;
    };
    const ticks = async (it: WatchedApp, count: number) => {
      for (let left = count; left > 0; left -= 1) await it.tick();
      return (await it.ledger.list(it.app)).map(({ reason, state }) => `${reason} ${state}`);
    };
    const looks = (it: WatchedApp) => it.calls.filter((call) => call === 'x.subscriptions').length;

    test('and not at X, is found within a quarter of an hour, and ends when it is there again', async () => {
      const it = await applied();
      it.x.subscribed = has('xaa like.create 2');
      assert.deepEqual(await ticks(it, 14), []);
      assert.deepEqual(await ticks(it, 1), ['subscriptions open']);
      it.x.subscribed = has(...wanted);
      assert.deepEqual(await ticks(it, 15), ['subscriptions lost']);
      assert.deepEqual([looks(it), it.x.windows], [3, []]);
    });

    test('is no drift while X can’t be asked, which the next tick does again', async () => {
      const it = await applied();
      await ticks(it, 14);
      it.x.subscribed = { kind: 'unreachable', why: 'X answered 503' };
      const { problems, tick } = await it.tick();
      assert.deepEqual([problems, tick.gaps], [['X does not say what is subscribed: X answered 503'], []]);
      it.x.subscribed = has();
      assert.deepEqual(await ticks(it, 1), ['subscriptions open']);
    });

    test('is no drift for what is applied or given up while X is asked', async () => {
      const it = watched();
      await it.wanted.save(it.app, wanted);
      const subscriptions = it.x.subscriptions.bind(it.x);
      it.x.subscriptions = async () => {
        await it.wanted.save(it.app, ['xaa like.create 2', 'xaa like.create 3']);
        return subscriptions();
      };
      it.x.subscribed = has('xaa like.create 2');
      assert.deepEqual(await ticks(it, 1), []);
    });

    test('is nothing where nothing was ever applied, and X is not asked', async () => {
      const it = watched();
      const { problems } = await it.tick();
      assert.deepEqual([problems, await ticks(it, 15), looks(it)], [[], [], 0]);
    });

    test('is not known from an item that nobody can read, and the rest is watched', async () => {
      const it = watched();
      const { pk, sk } = ledgerKeys.wantedSubscriptions(it.app, 0);
      const Item = { pk: { S: pk }, sk: { S: sk }, parts: { N: '2' } };
      await client.send(new PutItemCommand({ TableName: emulators.names.ledgerTable, Item }));
      const { problems, outcome } = await it.tick();
      assert.match(problems[0] ?? '', /^what should be subscribed can't be read: .*do not fit together/);
      assert.equal(outcome, 'watched');
    });
  });

  describe('as a hold', () => {
    test('keeps X unasked until it is over, and opens no gap', async () => {
      const it = watched();
      await it.tick();
      await it.hold.begin(30 * minuteMs);
      for (let left = 29; left > 0; left -= 1) await it.tick();
      assert.equal(it.x.validated.length, 1);
      for (let left = 3; left > 0; left -= 1) await it.tick();
      assert.equal(it.x.validated.length, 2);
      assert.deepEqual(await it.ledger.list(it.app), []);
    });

    test('that its operator ends lets X be asked by the next tick', async () => {
      const it = watched();
      await it.hold.begin(30 * minuteMs);
      await it.tick();
      await it.hold.end();
      await it.tick();
      assert.equal(it.x.validated.length, 1);
    });
  });
});
