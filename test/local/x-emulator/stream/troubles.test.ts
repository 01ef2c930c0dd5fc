import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { list, member } from '../../../../shared/domain/json.ts';
import { startX } from '../emulated-x.ts';
import { activity, idsOf, readStream } from './reading.ts';

describe('trouble with the activity stream', () => {
  test('can be a disconnect that says its name as the last line', async (t) => {
    const emulated = await startX(t);
    const [one, other] = [await readStream(t, emulated), await readStream(t, emulated)];
    const [first] = emulated.x.stream.connections();

    emulated.x.stream.disconnect({ uuid: first?.uuid });
    assert.equal(await one.ended, 'end');
    const [error] = list(member(one.lines[0], 'errors'));
    assert.equal(member(error, 'title'), 'operational-disconnect');
    assert.equal(member(error, 'disconnect_type'), 'UpstreamOperationalDisconnect');

    emulated.x.stream.disconnect({ type: 'ForceDisconnect' });
    assert.equal(await other.ended, 'end');
    assert.equal(emulated.x.stream.counts().now, 0);
  });

  test('can be a connection that breaks without a word', async (t) => {
    const emulated = await startX(t);
    const reader = await readStream(t, emulated);

    emulated.x.stream.cut();

    assert.equal(await reader.ended, 'cut');
    assert.equal(reader.text, '');
  });

  test('can be silence, and nothing is lost when it is over', async (t) => {
    const emulated = await startX(t);
    const { x, clock } = emulated;
    const quiet = await readStream(t, emulated);

    x.stream.silence();
    const other = await readStream(t, emulated);
    await x.emit({ body: activity(1) });
    await other.until(() => other.lines.length === 1);
    clock.advance(60_000);
    await other.until(() => other.text.endsWith('\r\n\r\n'));
    assert.equal(quiet.text, '');

    x.stream.speak();
    await quiet.until(() => quiet.lines.length === 1);
  });

  test('can be silence for new connections, too', async (t) => {
    const emulated = await startX(t);
    emulated.x.stream.silence({ also: 'new' });
    const reader = await readStream(t, emulated);
    await emulated.x.emit({ body: activity(1) });

    emulated.x.stream.speak();
    await reader.until(() => reader.lines.length === 1);
    assert.equal(emulated.x.stream.counts().lines, 1);
  });

  test('can be a refusal, so many times', async (t) => {
    const emulated = await startX(t);
    emulated.x.stream.refuse({ status: 429, times: 2 });

    const statuses = [];
    for (let left = 3; left > 0; left -= 1) statuses.push((await readStream(t, emulated)).status);

    assert.deepEqual(statuses, [429, 429, 200]);
    assert.equal(emulated.x.stream.counts().refused, 2);
  });

  test('can be that the past is not part of the plan', async (t) => {
    const emulated = await startX(t);
    emulated.x.stream.refusePast(403);
    const statusOf = async (query: string) => (await readStream(t, emulated, query)).status;

    assert.equal(await statusOf('?backfill_minutes=1'), 403);
    assert.equal(await statusOf('?start_time=2026-11-21T11:00:00Z'), 403);
    assert.equal(await statusOf('?backfill_minutes=0'), 200);
    emulated.x.stream.refusePast(undefined);
    assert.equal(await statusOf('?backfill_minutes=1'), 200);
  });

  test('is an end for a reader who lets too much wait', async (t) => {
    const emulated = await startX(t);
    emulated.x.stream.queueLines(100);
    const reader = await readStream(t, emulated);
    reader.pause();

    for (let n = 1; emulated.x.stream.counts().now > 0; n += 1) {
      await emulated.x.emit({ body: activity(n, `post.${'x'.repeat(50_000)}`) });
    }
    reader.resume();

    assert.equal(await reader.ended, 'cut');
    assert.equal(emulated.x.stream.connections()[0]?.reason, 'SlowReader');
  });

  test('can be that a connection without a reader keeps its place', async (t) => {
    const emulated = await startX(t);
    const { x, clock } = emulated;
    x.stream.holdAbandoned(60_000);
    const readers = [await readStream(t, emulated), await readStream(t, emulated)];
    const until = clock.now() + 60_000;
    for (const reader of readers) reader.leave();
    await clock.sleeperAt(until);

    assert.equal((await readStream(t, emulated)).status, 429);
    await emulated.api('DELETE /2/connections', { uuids: [x.stream.connections()[0]?.uuid] });
    assert.equal((await readStream(t, emulated)).status, 200);
    clock.advance(60_000);
    await emulated.x.caughtUp();
    assert.equal(x.stream.counts().now, 1);
  });

  test('can be made over HTTP', async (t) => {
    const emulated = await startX(t);
    const reader = await readStream(t, emulated);
    const post = (body: object) => emulated.api('POST /admin/stream', body, '');

    for (const body of [
      { do: 'silence' },
      { do: 'speak' },
      { do: 'refuse', status: 500, times: 1 },
      { do: 'refuse-past' },
      { do: 'refuse-past', off: true },
      { do: 'queue-lines', lines: 7 },
      { do: 'hold-abandoned', ms: 0 },
    ]) {
      assert.equal((await post(body)).status, 200, body.do);
    }
    assert.equal((await emulated.api('GET /2/activity/stream')).status, 500);
    assert.equal((await emulated.api('POST /admin/emit', { body: activity(1), streamOnly: true }, '')).status, 200);
    await reader.until(() => reader.lines.length === 1);
    assert.deepEqual(idsOf(reader.lines), ['1']);

    await post({ do: 'disconnect' });
    assert.equal(await reader.ended, 'end');
    const gone = await readStream(t, emulated);
    assert.equal(member((await post({ do: 'cut' })).body, 'counts', 'now'), 0);
    assert.equal(await gone.ended, 'cut');
    assert.equal(member((await emulated.api('GET /admin/stream', undefined, '')).body, 'counts', 'made'), 2);
    assert.equal((await post({ do: 'dance' })).status, 400);
    assert.equal((await post({})).status, 400);
  });
});
