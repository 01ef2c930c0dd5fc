import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { member } from '../../../../shared/domain/json.ts';
import { asUser, startX } from '../emulated-x.ts';
import { activity, idsOf, readStream } from './reading.ts';

describe('the activity stream', () => {
  test('is newline-delimited JSON, of what happens while somebody reads', async (t) => {
    const emulated = await startX(t);
    await emulated.x.emit({ body: activity(1) });

    const reader = await readStream(t, emulated);
    await emulated.x.emit({ body: activity(2) });
    await emulated.x.emit({ body: activity(3) });
    await reader.until(() => reader.lines.length === 2);

    assert.equal(reader.text, `${activity(2)}\r\n${activity(3)}\r\n`);
    assert.equal(emulated.x.stream.counts().lines, 2);
  });

  test('carries what goes to a webhook, too, if it is XAA', async (t) => {
    const emulated = await startX(t);
    const webhookId = await emulated.register();
    const reader = await readStream(t, emulated);

    await emulated.x.emit({ webhookId, body: activity(1), times: 2 });
    await emulated.x.emit({ webhookId, body: '{"for_user_id":"1","favorite_events":[]}' });
    await emulated.x.emit({ webhookId, body: activity(2) });
    await reader.until(() => reader.lines.length === 3);

    assert.deepEqual(idsOf(reader.lines), ['1', '1', '2']);
    assert.equal(emulated.receiver.posts.length, 4);
  });

  test('has an event on one line, whatever its body looks like', async (t) => {
    const emulated = await startX(t);
    const reader = await readStream(t, emulated);

    await emulated.x.emit({ body: JSON.stringify(JSON.parse(activity(1)), null, 2) });
    await reader.until(() => reader.lines.length === 1);

    assert.deepEqual(reader.lines, [JSON.parse(activity(1))]);
  });

  test('gives a sign of life after ten seconds without a line', async (t) => {
    const emulated = await startX(t);
    const { clock } = emulated;
    const reader = await readStream(t, emulated);

    for (const text of ['\r\n', '\r\n\r\n']) {
      await clock.sleeperAt(clock.now() + 10_000);
      clock.advance(10_000);
      await reader.until(() => reader.text === text);
    }
    clock.advance(5_000);
    await emulated.x.emit({ body: activity(1) });
    await reader.until(() => reader.lines.length === 1);
    clock.advance(5_000);
    await clock.sleeperAt(clock.now() + 5_000);
    await emulated.x.emit({ body: activity(2) });
    await reader.until(() => reader.lines.length === 2);
    assert.ok(!reader.text.includes('}\r\n\r\n'));
  });

  test('is for the token of the app alone', async (t) => {
    const emulated = await startX(t);

    const statuses = [];
    for (const authorization of [asUser('2244'), 'Bearer wrong']) {
      statuses.push((await readStream(t, emulated, '', authorization)).status);
    }

    assert.deepEqual(statuses, [403, 401]);
    assert.equal(emulated.x.stream.counts().made, 0);
  });

  test('has two connections, and the third is refused by name', async (t) => {
    const emulated = await startX(t);
    const [first, second] = [await readStream(t, emulated), await readStream(t, emulated)];
    await emulated.x.emit({ body: activity(1) });
    for (const reader of [first, second]) await reader.until(() => reader.lines.length === 1);

    const third = await emulated.api('GET /2/activity/stream');
    assert.equal(third.status, 429);
    assert.equal(member(third.body, 'connection_issue'), 'TooManyConnections');
    assert.match(String(member(third.body, 'type')), /streaming-connection$/);

    first.leave();
    await first.ended;
    const left = async (): Promise<void> => {
      if (emulated.x.stream.counts().now > 1) await new Promise(setImmediate).then(left);
    };
    await left();
    assert.equal((await readStream(t, emulated)).status, 200);
    assert.deepEqual(emulated.x.stream.counts(), { now: 2, most: 2, made: 3, lines: 2, tooMany: 1, refused: 0 });
  });

  test('can be asked for 450 times in 15 minutes', async (t) => {
    const emulated = await startX(t);
    for (let left = 450; left > 0; left -= 1) await emulated.api('GET /2/activity/stream?backfill_minutes=6');

    assert.equal((await emulated.api('GET /2/activity/stream')).status, 429);
    emulated.clock.advance(15 * 60_000);
    assert.equal((await readStream(t, emulated)).status, 200);
  });
});
