import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { floodCrcs, floodPosts } from '../../support/stranger.ts';
import { startWatched, type Watched } from './driver.ts';

const count = 5_000;

describe('a stranger who knows the URL', () => {
  let watched: Watched;
  before(async () => {
    watched = await startWatched();
  });
  after(() => watched.close());

  test('sends 10,000 posts and CRC requests, and causes no gap and no replay', async () => {
    const url = watched.stack.webhookUrl;
    const posts = await floodPosts({ url, count });
    const checks = await floodCrcs({ url, count });
    await watched.minutes(45);

    assert.deepEqual([...posts], [[401, count]]);
    assert.deepEqual([...checks], [[200, count]]);
    assert.deepEqual(await watched.gaps(), []);
    assert.deepEqual(watched.x.replays.list(), []);
    await watched.assertAllStored();
  });

  test('polls the CRC through an outage, and hides nothing of it', async () => {
    const url = watched.stack.webhookUrl;
    watched.x.outages.start({ mode: 'silent' });
    for (let left = 14; left > 0; left -= 1) {
      await floodCrcs({ url, count: 20 });
      await watched.minutes(1);
    }
    watched.x.outages.end('silent');
    await watched.minutes(4);
    await watched.healed();

    assert.deepEqual(
      (await watched.gaps()).map(({ state }) => state),
      ['healed'],
    );
    await watched.assertAllStored();
  });
});
