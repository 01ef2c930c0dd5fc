import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type EmulatedX, messageOf, startX } from '../emulated-x.ts';
import { ManualClock } from '../manual-clock.ts';
import { activity, idsOf, readStream } from './reading.ts';

const minuteMs = 60_000;

/** One event a minute, from 12:00:00 on; ids 1, 2, 3 … Then it is a minute after the last. */
async function emitEachMinute({ x, clock }: EmulatedX, count: number): Promise<void> {
  for (let n = 1; n <= count; n += 1) {
    await x.emit({ body: activity(n) });
    clock.advance(minuteMs);
  }
}

describe('backfill_minutes', () => {
  test('brings what came in these minutes, in order, and then what comes', async (t) => {
    const emulated = await startX(t);
    await emitEachMinute(emulated, 10);

    const reader = await readStream(t, emulated, '?backfill_minutes=3');
    await emulated.x.emit({ body: activity(11) });
    await reader.until(() => reader.lines.length === 4);

    assert.deepEqual(idsOf(reader.lines), ['8', '9', '10', '11']);
  });

  test('of 5 fits more than a socket takes at once, however slow the reader is', async (t) => {
    const emulated = await startX(t);
    const count = 1_000;
    for (let n = 1; n <= count; n += 1) await emulated.x.emit({ body: activity(n, `post.${'x'.repeat(2_000)}`) });

    const reader = await readStream(t, emulated, '?backfill_minutes=5');
    reader.pause();
    await emulated.x.emit({ body: activity(count + 1) });
    reader.resume();
    await reader.until(() => reader.lines.length === count + 1);

    assert.deepEqual(
      idsOf(reader.lines),
      Array.from({ length: count + 1 }, (_, index) => String(index + 1)),
    );
  });
});

describe('start_time and end_time', () => {
  test('bring the past between them, the end excluded, and then the stream ends', async (t) => {
    const emulated = await startX(t);
    await emitEachMinute(emulated, 10);

    const span = '?start_time=2026-11-21T12:02:00Z&end_time=2026-11-21T12:05:00Z';
    const reader = await readStream(t, emulated, span);

    assert.equal(await reader.ended, 'end');
    assert.deepEqual(idsOf(reader.lines), ['3', '4', '5']);
    assert.equal(emulated.x.stream.connections()[0]?.reason, 'EndOfPassage');
  });

  test('may be a span in which nothing came', async (t) => {
    const emulated = await startX(t);
    await emitEachMinute(emulated, 2);

    const reader = await readStream(t, emulated, '?start_time=2026-11-21T12:00:10Z&end_time=2026-11-21T12:00:50Z');

    assert.equal(await reader.ended, 'end');
    assert.equal(reader.text, '');
    assert.equal(emulated.x.stream.counts().now, 0);
  });

  test('reach back 24 hours and no more, to a time that has been', async (t) => {
    const emulated = await startX(t);
    emulated.clock.advance(24 * 60 * minuteMs);
    const refusals = [];
    for (const query of [
      'start_time=2026-11-21T11:59:59Z',
      'start_time=2026-11-22T11:00:00Z&end_time=2026-11-22T12:00:01Z',
      'start_time=2026-11-22T11:00:00Z&end_time=2026-11-22T11:00:00Z',
      'start_time=2026-11-22T11:00:00.000Z',
      'start_time=2026-11-22T11:00:00Z&backfill_minutes=1',
      'end_time=2026-11-22T11:00:00Z',
      'backfill_minutes=6',
    ]) {
      const answer = await emulated.api(`GET /2/activity/stream?${query}`);
      assert.equal(answer.status, 400, query);
      refusals.push(String(messageOf(answer)).split(':')[0]);
    }

    assert.deepEqual(refusals, [
      'start_time',
      'end_time',
      'end_time',
      'start_time',
      'backfill_minutes',
      'end_time',
      'backfill_minutes',
    ]);
    const reader = await readStream(t, emulated, '?start_time=2026-11-21T12:00:00Z');
    assert.equal(await reader.ended, 'end');
  });

  test('bring what came before X was started again', async (t) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'x-emulator-'));
    t.after(() => rm(dataDir, { recursive: true }));
    const before = await startX(t, { dataDir });
    await emitEachMinute(before, 3);
    await before.x.close();

    const after = await startX(t, { dataDir, clock: new ManualClock(before.clock.now()) });
    const reader = await readStream(t, after, '?start_time=2026-11-21T12:01:00Z');
    await reader.ended;

    assert.deepEqual(idsOf(reader.lines), ['2', '3']);
    assert.equal(after.x.sent.counts().streamed, 3);
  });
});
