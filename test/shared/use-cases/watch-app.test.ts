import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoDbClient } from '../../../shared/aws/clients/dynamodb.ts';
import { watchLedgerClientConfig } from '../../../shared/aws/watch-ledger.ts';
import { minuteMs, subtract } from '../../../shared/domain/gaps/interval.ts';
import { newWatchState } from '../../../shared/domain/gaps/watch-state.ts';
import { type WatchDeps, watchApp } from '../../../shared/use-cases/watch-app.ts';
import { at, known, openGap } from '../../domain/gaps/seen.ts';
import { type Emulators, startEmulators } from '../../support/emulators.ts';
import { type Stop, WatchedApp } from './watch-app/watched-app.ts';

/** A job that is over in minutes, so that a test is too. */
const quick = { settleMs: minuteMs };

describe('watchApp', () => {
  let emulators: Emulators;
  let client: DynamoDBClient;
  let sequence = 0;

  before(async () => {
    emulators = await startEmulators();
    client = createDynamoDbClient({ ...emulators.dynamodb, ...watchLedgerClientConfig });
  });
  after(async () => {
    client.destroy();
    await emulators.close();
  });

  const watched = (): WatchedApp => {
    sequence += 1;
    return new WatchedApp(client, emulators.names.ledgerTable, `app-${sequence}`, quick);
  };
  /** At minute 100 an outage of ten minutes is found that ended half an hour ago. */
  const withGap = async (): Promise<WatchedApp> => {
    const it = watched();
    it.minute = 100;
    const state = { ...known({ lastGoodAtMs: at(97) }), app: it.app };
    const { storedLateBefore: _uncounted, ...gap } = openGap(60, 70, { app: it.app, gapId: `${it.app}-gap` });
    const empty = { state: newWatchState(it.app), gaps: [] };
    assert.ok(await it.ledger.save(empty, { state, gaps: [gap] }));
    return it;
  };

  describe('stopped at any call', () => {
    const whole = [{ fromMs: at(60), toMs: at(70) }];

    test('is healed by the next ticks: the gap comes back whole, by one job at a time', async () => {
      const undisturbed = await withGap();
      await undisturbed.untilFinished(10);
      const { calls } = undisturbed;
      assert.ok(calls.includes('x.replay') && calls.includes('x.validate'), 'everything that X can be asked');
      assert.ok(calls.filter((call) => call === 'ledger.save').length > 4);

      const stops = calls.flatMap((call, index): readonly Stop[] => {
        const changes = call === 'ledger.save' || call === 'x.replay' || call === 'x.validate';
        const before = { call: index + 1, when: 'before' } as const;
        return changes ? [before, { ...before, when: 'after' }] : [before];
      });
      for (const stop of stops) {
        const it = await withGap();
        it.stop = stop;
        const place = `${stop.when} ${stop.call}, ${calls[stop.call - 1]}`;
        await it.untilFinished(25).catch((error: unknown) => assert.fail(`${place}: ${error}`));
        const [gap] = await it.ledger.list(it.app);
        assert.deepEqual([gap?.state, gap?.recovered], ['healed', 10], place);
        assert.deepEqual(subtract(whole, it.x.windows), [], place);
      }
    });
  });

  describe('finds the webhook', () => {
    test('in X’s list by its URL, and adopts its id', async () => {
      const it = watched();
      const other = { webhookId: '1', url: 'https://x.example.com/webhooks/x/brand', valid: true };
      const ours = { webhookId: '2', url: 'https://X.example.com:443/webhooks/x', valid: true };
      it.x.listing = { kind: 'listed', webhooks: [other, ours] };
      const { webhook, tick } = await it.tick();
      assert.deepEqual(webhook, { kind: 'found', webhookId: '2', valid: true });
      assert.equal(tick.state.webhookId, '2');
      assert.deepEqual(it.x.validated, ['2']);
    });

    test('not before it is registered, which is no problem', async () => {
      const it = watched();
      it.x.listing = { kind: 'listed', webhooks: [] };
      const { webhook, problems, tick } = await it.tick();
      assert.deepEqual([webhook?.kind, problems, tick.gaps], ['absent', [], []]);
    });
  });

  describe('goes on with what it knows', () => {
    test('when X can’t be asked, and says so', async () => {
      const it = await withGap();
      it.x.listing = { kind: 'unreachable', why: 'no bearer token' };
      const { problems, tick, asked } = await it.tick();
      assert.deepEqual(problems, ["X can't be asked: no bearer token"]);
      assert.deepEqual(asked, []);
      assert.deepEqual([tick.gaps.length, tick.state.webhookId], [1, '7']);
    });

    test('when the metrics can’t be read: no suspicion is decided', async () => {
      const it = await withGap();
      it.measures = Object.assign(new Error('body of an answer'), { name: 'AccessDenied' });
      const { problems, tick } = await it.tick();
      assert.deepEqual(problems, ["the metrics can't be read: AccessDenied"]);
      assert.equal(tick.state.measuredAtMs, undefined);
    });

    test('when nobody knows how old the secret is, which is asked only where there are 401s', async () => {
      const it = await withGap();
      it.secretChangedAt = Object.assign(new Error(), { name: 'AccessDenied' });
      assert.deepEqual((await it.tick()).problems, []);
      it.measures = { refusals: [], unauthorized: [{ minuteMs: at(90), count: 1 }], oldestMessageAgeMs: 0 };
      assert.deepEqual((await it.tick()).problems, ["when the secret was changed can't be read: AccessDenied"]);
    });

    test('when X refuses a replay: says why, and asks again later', async () => {
      const it = await withGap();
      it.x.refusals.push({ kind: 'refused', why: 'not entitled' });
      const { asked, problems } = await it.tick();
      assert.deepEqual(
        asked.map(({ what, answer }) => [what, answer]),
        [['replay', 'refused']],
      );
      assert.deepEqual(problems, ['no replay: not entitled']);
      await it.untilFinished(20);
      assert.equal((await it.ledger.list(it.app))[0]?.state, 'healed');
    });

    test('when X’s CRC failed before a replay: validates, then replays', async () => {
      const it = await withGap();
      it.x.refusals.push({ kind: 'crc-failed' });
      await it.untilFinished(20);
      assert.deepEqual(it.x.validated.slice(0, 1), ['7']);
      assert.equal((await it.ledger.list(it.app))[0]?.state, 'healed');
    });

    test('but not without its ledger', async () => {
      const it = await withGap();
      const respond = { status: 400, body: '{"__type":"AccessDeniedException"}' };
      const remove = emulators.faults.dynamodb.add({ target: 'Query', bodyIncludes: `coverage#${it.app}`, respond });
      await assert.rejects(it.tick(), { name: 'AccessDeniedException' });
      remove();
      await it.untilFinished(20);
    });
  });

  describe('at the same time as another tick', () => {
    test('asks X nothing twice: one of the two does nothing', async () => {
      const it = await withGap();
      const reports = await Promise.all([1, 2].map(() => watchApp(it.deps(), it.app, it.nowMs)));
      assert.deepEqual(reports.map(({ outcome }) => outcome).sort(), ['overtaken', 'watched']);
      assert.equal(it.x.windows.length, 1);
    });

    test('does nothing when one that began later was faster', async () => {
      const it = await withGap();
      const { minute } = it;
      await it.tick();
      const left = await it.ledger.load(it.app);
      assert.equal((await watchApp(it.deps(), it.app, at(minute))).outcome, 'overtaken');
      assert.deepEqual(await it.ledger.load(it.app), left);
    });

    test('goes on when it is the clock that is behind, since somebody set it back', async () => {
      const it = await withGap();
      await it.tick();
      it.minute -= 50;
      assert.equal((await it.tick()).outcome, 'watched');
    });

    test('does not lose X’s answer to one that writes in between', async () => {
      const it = await withGap();
      const deps = it.deps();
      const replay = async (...call: Parameters<typeof it.x.replay>) => {
        const answer = await it.x.replay(...call);
        const current = await it.ledger.load(it.app);
        assert.ok(await it.ledger.save(current, current));
        return answer;
      };
      const subscriptions = () => it.x.subscriptions();
      const x = { list: () => it.x.list(), subscriptions, validate: (id: string) => it.x.validate(id), replay };
      const { tick } = await watchApp({ ...deps, x }, it.app, it.nowMs);
      assert.equal(tick.state.job?.state, 'running');
      assert.deepEqual(await it.ledger.load(it.app), tick);
    });
  });

  test('counts a heartbeat from when X was really asked, however long the tick took before', async () => {
    const it = watched();
    await it.recorded.minute(at(0), { deliveries: 1 });
    it.minute = 6;
    const sentAtMs = it.nowMs + 20_000;
    await watchApp({ ...it.deps(), clock: { now: () => sentAtMs } }, it.app, it.nowMs);
    const { state } = await it.ledger.load(it.app);
    assert.deepEqual(state.requests, [{ atMs: sentAtMs, state: 'taken' }]);
  });

  test('reads what it has not judged yet and no more: metrics from where it last could', async () => {
    const it = watched();
    const spans: number[] = [];
    const metrics = {
      read: async (_app: string, { fromMs, toMs }: { fromMs: number; toMs: number }) => {
        spans.push((toMs - fromMs) / minuteMs);
        throw new Error('away');
      },
    };
    const tickAt = async (minute: number, changes: Partial<WatchDeps> = {}) => {
      it.minute = minute;
      await watchApp({ ...it.deps(), ...changes }, it.app, it.nowMs);
    };
    await tickAt(200, { metrics });
    await tickAt(300, { metrics });
    await tickAt(400);
    await tickAt(600, { metrics });
    assert.deepEqual(spans, [60, 60, 215]);
  });
});
