import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoDbClient } from '../../../../shared/aws/clients/dynamodb.ts';
import { newWatchState } from '../../../../shared/domain/gaps/watch-state.ts';
import { at, known, openGap } from '../../../domain/gaps/seen.ts';
import { type Emulators, startEmulators } from '../../../support/emulators.ts';
import { WatchedApp } from './watched-app.ts';

describe('watchApp beside a stream', () => {
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

  const onWebhook = { kind: 'listed', keys: ['xaa like.create 1'], elsewhere: 0 } as const;
  const watched = (): WatchedApp => {
    sequence += 1;
    const it = new WatchedApp(client, emulators.names.ledgerTable, `app-${sequence}`);
    it.readsStream = true;
    it.x.subscribed = onWebhook;
    return it;
  };
  /** What a connection of the reader brought to the queue. */
  const connected = (it: WatchedApp, fromMinute: number, toMinute: number) =>
    it.sessions.save({
      app: it.app,
      kind: 'live',
      holder: 'reader',
      connectedAtMs: at(fromMinute),
      fromMs: at(fromMinute),
      toMs: at(toMinute),
    });
  /** At minute 100 an outage of ten minutes is found that ended half an hour ago. */
  const withGap = async (): Promise<WatchedApp> => {
    const it = watched();
    it.minute = 100;
    const state = { ...known({ lastGoodAtMs: at(97) }), app: it.app };
    const gap = openGap(60, 70, { app: it.app, gapId: `${it.app}-gap` });
    assert.ok(await it.ledger.save({ state: newWatchState(it.app), gaps: [] }, { state, gaps: [gap] }));
    return it;
  };
  const ended = async (it: WatchedApp) =>
    (await it.ledger.list(it.app)).map(({ reason, state, story }) => `${reason} ${state}: ${story.at(-1)?.line}`);

  test('heals an outage that the stream covered, and asks X for no replay', async () => {
    const it = await withGap();
    await connected(it, 50, 66);
    await connected(it, 64, 101);
    await it.tick();
    assert.match((await ended(it)).join(), /^heartbeat healed: covered by the stream/);
    assert.deepEqual(it.x.windows, []);
  });

  for (const [what, change] of [
    ['the stream was away for a part of it', (it: WatchedApp) => connected(it, 64, 101)],
    [
      'the webhook carries the Account Activity API, too',
      (it: WatchedApp) => {
        it.x.subscribed = { ...onWebhook, keys: [...onWebhook.keys, 'aaa all 1'] };
      },
    ],
    [
      'X does not say what is subscribed',
      (it: WatchedApp) => {
        it.x.subscribed = { kind: 'unreachable', why: 'X answered 503' };
      },
    ],
  ] as const) {
    test(`has it replayed when ${what}`, async () => {
      const it = await withGap();
      if (!what.startsWith('the stream')) await connected(it, 50, 101);
      await change(it);
      await it.tick();
      assert.equal(it.x.windows.length, 1);
    });
  }

  test('finds a break of the stream and closes it when the webhook is known to have worked', async () => {
    const it = watched();
    it.minute = 44;
    await connected(it, 1, 20);
    const tick = async () => {
      await connected(it, 45, it.minute + 1);
      await it.tick();
    };
    await tick();
    await tick();
    assert.match((await ended(it)).join(), /^stream open: /);
    for (let left = 20; left > 0; left -= 1) await tick();
    assert.match((await ended(it)).join(), /^stream healed: covered by the webhook/);
    assert.deepEqual(it.x.windows, []);
  });

  test('keeps what it knows of the stream from tick to tick', async () => {
    const it = watched();
    it.x.subscribed = { ...onWebhook, elsewhere: 2 };
    await connected(it, 1, 3);
    await it.tick();
    const { tick } = await it.tick();
    const { state } = await it.ledger.load(it.app);
    assert.deepEqual([state.subscribed, state.streamJudgedToMs], [{ xaa: 1, others: 0, elsewhere: 2 }, at(1)]);
    assert.deepEqual(state, tick.state);
    const unreturned = [{ fromMs: at(1), toMs: at(2) }];
    assert.ok(await it.ledger.save({ state, gaps: [] }, { state: { ...state, unreturned }, gaps: [] }));
    assert.deepEqual((await it.ledger.load(it.app)).state.unreturned, unreturned);
  });
});
