import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertBounds, startWatched, type Watched } from './driver.ts';
import { metricOf, sum } from './metrics.ts';

const hour = 60;
/** Minutes between two ticks of the long one. */
const step = 20;

describe('long outages', () => {
  let watched: Watched;
  before(async () => {
    watched = await startWatched({ rate: 0.015, keepsBodies: true });
  });
  after(() => watched.close());

  test('of five hours are replayed in three windows, one after the other', async () => {
    const fromMs = watched.now();
    watched.x.outages.start({ mode: 'silent' });
    await watched.minutes(5 * hour, 5);
    watched.x.outages.end('silent');
    const toMs = watched.now();
    await watched.minutes(4);
    await watched.healed();

    const [gap, ...more] = await watched.gaps();
    assert.equal(gap?.state, 'healed');
    assertBounds(gap, { fromMs, toMs }, { before: 5, after: 4 });
    assert.deepEqual(more, []);
    const windows = watched.x.replays.list().map(({ window }) => window);
    assert.equal(windows.length, 3);
    assert.ok(windows.every(({ fromMs, toMs }) => toMs - fromMs <= 2 * hour * 60_000));
    assert.ok(windows.every(({ fromMs }, at) => at === 0 || fromMs === windows[at - 1]?.toMs));
    await watched.assertAllStored();
  });

  test('of more than a day come back as far as X replays; the rest is lost, and was alarmed in time', async () => {
    const known = (await watched.gaps()).length;
    watched.x.outages.start({ mode: 'silent' });
    await watched.minutes(26 * hour, step);
    watched.x.outages.end('silent');
    await watched.minutes(4);
    await watched.healed(3 * hour);

    const [gap, ...more] = (await watched.gaps()).slice(known);
    assert.equal(gap?.state, 'lost');
    assert.deepEqual(more, []);
    watched.x.stopTraffic();
    const { lost, duplicates, missing } = await watched.compare();
    assert.equal(duplicates, 0);
    assert.ok(lost > 0);
    const unstored = [...watched.x.sent.events.values()].filter(({ outcome }) => outcome !== 'delivered');
    assert.equal(unstored.length, lost, missing.join());
    const { lostParts } = gap;
    assert.ok(
      unstored.every(({ firstAtMs = 0 }) =>
        lostParts.some(({ fromMs, toMs }) => firstAtMs >= fromMs && firstAtMs < toMs),
      ),
    );

    const shares = await metricOf(watched, 'recoverabilityShare', 30);
    const alarmedFor = shares.filter((share) => share >= 0.75 && share < 1).length;
    assert.ok(alarmedFor * step >= 5 * hour, `alarmed for ${alarmedFor} ticks before anything was lost`);
    assert.equal(sum(await metricOf(watched, 'gapsLost', 30)), 1);
  });
});
