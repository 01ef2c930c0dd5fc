import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Gap } from '../../../shared/domain/gaps/gap.ts';
import { sumCoverage } from '../../../shared/use-cases/report/traffic.ts';
import { startWatched, type Watched } from './driver.ts';
import { killAtWrite } from './kill-at-write.ts';
import { metricOf, sum } from './metrics.ts';

describe('a replay job that goes wrong', () => {
  let watched: Watched;
  before(async () => {
    watched = await startWatched();
  });
  after(() => watched.close());

  /** An outage of twelve minutes, up to the last minute before X is asked for its replay. */
  const missed = async (): Promise<() => Promise<Gap>> => {
    const known = (await watched.gaps()).length;
    await watched.outage('dead-url', 12);
    await watched.minutes(8);
    return async () => {
      const [gap, ...more] = (await watched.gaps()).slice(known);
      assert.ok(gap);
      assert.deepEqual(more, []);
      return gap;
    };
  };
  const jobs = () => watched.x.replays.list();

  test('Incomplete twice: smaller windows bring the rest', async () => {
    const gap = await missed();
    const before = jobs().length;
    watched.x.replays.script([{ behaviour: 'incomplete' }, { behaviour: 'incomplete' }]);
    await watched.healed();

    const { state, attempts } = await gap();
    assert.equal(state, 'healed');
    assert.ok(attempts >= 3);
    const lengths = jobs()
      .slice(before, before + 3)
      .map(({ window }) => window.toMs - window.fromMs);
    assert.ok(lengths.every((length, index) => index === 0 || length < (lengths[index - 1] ?? 0)));
    await watched.assertAllStored();
  });

  test('a job that a person started: X refuses a second one, and ours comes after it', async () => {
    const gap = await missed();
    const started = await watched.x.replays.ask(
      {
        webhook_id: watched.webhookId,
        from_date: xDate(watched.now() - 50 * 60_000),
        to_date: xDate(watched.now() - 12 * 60_000),
      },
      'person',
      { behaviour: 'slow-start', delayMs: 25 * 60_000 },
    );
    assert.equal(started.kind, 'started');
    await watched.healed();

    const { state, story } = await gap();
    assert.equal(state, 'healed');
    assert.ok(story.some(({ line }) => line.includes('X runs another replay job')));
    await watched.assertAllStored();
  });

  test('the message that it ended lost: the same window is asked for again', async () => {
    const gap = await missed();
    const before = jobs().length;
    watched.x.replays.script([{ behaviour: 'no-status' }]);
    await watched.healed(120);

    assert.equal((await gap()).state, 'healed');
    const [lost, again] = jobs().slice(before);
    assert.deepEqual(again?.window, lost?.window);
    await watched.assertAllStored();
  });

  test('Complete though nothing came: unproven and alarmed, until a person has it replayed', async () => {
    const gap = await missed();
    watched.x.replays.script([{ behaviour: 'empty' }]);
    await watched.healed();

    const { state, fromMs, toMs } = await gap();
    assert.equal(state, 'unproven');
    assert.equal(sum(await metricOf(watched, 'gapsUnproven', 2)), 1);
    await watched.replayByHand({ fromMs, toMs: toMs ?? watched.now() });
    await watched.healed();
    await watched.assertAllStored();
  });

  test('six Incomplete in a row: lost and alarmed, until a person has it replayed', async () => {
    const gap = await missed();
    const failures = sum(await metricOf(watched, 'replayFailures', 24));
    watched.x.replays.script(Array.from({ length: 6 }, () => ({ behaviour: 'incomplete', share: 0 })));
    await watched.healed();

    const { state, fromMs, toMs, lostParts } = await gap();
    assert.equal(state, 'lost');
    assert.ok(lostParts.length > 0);
    assert.equal(sum(await metricOf(watched, 'gapsLost', 2)), 1);
    assert.equal(sum(await metricOf(watched, 'replayFailures', 24)), failures + 6);
    await watched.replayByHand({ fromMs, toMs: toMs ?? watched.now() });
    await watched.healed();
    await watched.assertAllStored();
  });

  test('the watcher killed at every step in turn, before and after each of its writes', async () => {
    const gap = await missed();
    const before = jobs().length;
    let kills = 0;
    await watched.minutes(8);
    for (let left = 120; left > 0 && (await gap()).state !== 'healed'; left -= 1) {
      const step = left % 3;
      const nth = step === 2 ? 2 : 1;
      const applied = step === 1 || (step === 2 && left % 2 === 0);
      if (await killAtWrite(watched, nth, applied)) kills += 1;
    }

    assert.equal((await gap()).state, 'healed');
    assert.ok(kills >= 4, `killed ${kills} times`);
    const ours = jobs().slice(before);
    const overlapping = ours.filter(({ createdAtMs }, at) => createdAtMs < (ours[at - 1]?.endedAtMs ?? 0));
    assert.deepEqual(overlapping, []);
    await watched.assertAllStored();
  });

  test('a replay of a time in which nothing was missing stores nothing new', async () => {
    await watched.minutes(45);
    const { stored } = await watched.compare();
    const span = { fromMs: watched.now() - 42 * 60_000, toMs: watched.now() - 15 * 60_000 };
    const fromMs = watched.now();
    watched.x.stopTraffic();
    await watched.replayByHand(span);
    await watched.healed();

    const job = jobs().at(-1);
    assert.ok(job !== undefined && job.delivered > 100);
    assert.equal((await watched.compare()).stored, stored);
    const { replay } = sumCoverage(
      await watched.readers.ledger.minutes('default', { fromMs, toMs: watched.now() + 60_000 }),
    );
    assert.equal(replay.stored, 0);
    assert.equal(replay.duplicates, job.delivered);
    assert.equal((await watched.gaps()).at(-1)?.recovered, 0);
    await watched.assertAllStored();
  });
});

/** `yyyymmddhhmm`. */
const xDate = (atMs: number): string => new Date(atMs).toISOString().replaceAll(/\D/g, '').slice(0, 12);
