import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eventsIn, jobStateIn, numbered, startReplaying, statesIn } from './replaying.ts';

const minuteMs = 60_000;

describe('a scripted job', () => {
  test('delivers a part and says Incomplete', async (t) => {
    const { ask, finish, x, replayed } = await startReplaying(t, numbered(10));
    x.replays.script([{ behaviour: 'incomplete', share: 0.3 }]);

    await ask();
    await finish();

    assert.deepEqual([...eventsIn(replayed())].sort(), ['{"n":0}', '{"n":1}', '{"n":2}']);
    assert.deepEqual(statesIn(replayed()), ['Incomplete']);
  });

  test('says Complete and delivers nothing', async (t) => {
    const { ask, finish, x, replayed, lastJob } = await startReplaying(t, numbered(3));
    x.replays.script([{ behaviour: 'empty' }]);

    await ask();
    await finish();

    assert.deepEqual(replayed().map(jobStateIn), ['Complete']);
    assert.deepEqual([lastJob().events, lastJob().delivered], [3, 0]);
  });

  test('delivers everything and says nothing', async (t) => {
    const { ask, finish, x, replayed, lastJob } = await startReplaying(t, numbered(3));
    x.replays.script([{ behaviour: 'no-status' }]);

    await ask();
    await finish();

    assert.equal(eventsIn(replayed()).length, 3);
    assert.deepEqual(statesIn(replayed()), []);
    assert.equal(lastJob().state, 'complete');
  });

  test('says Complete before its last events', async (t) => {
    const { ask, finish, x, replayed, lastJob } = await startReplaying(t, numbered(4));
    x.replays.script([{ behaviour: 'early-status' }]);

    await ask();
    await finish();

    assert.deepEqual(replayed().map(jobStateIn), [undefined, undefined, 'Complete', undefined, undefined]);
    assert.equal(lastJob().delivered, 4);
  });

  test('begins late', async (t) => {
    const { ask, clock, x, replayed, lastJob } = await startReplaying(t, numbered(1));
    x.replays.script([{ behaviour: 'slow-start' }]);

    await ask();
    clock.advance(5 * minuteMs - 1);
    await x.caughtUp();
    assert.deepEqual([lastJob().state, replayed().length], ['waiting', 0]);
    clock.advance(1);
    await x.caughtUp();

    assert.deepEqual([lastJob().state, replayed().length], ['complete', 2]);
  });
});
