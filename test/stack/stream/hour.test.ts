import assert from 'node:assert/strict';
import { test } from 'node:test';
import { playHour } from './play-hour.ts';

const speed = 24;
/** 96 events a real second, which two cores store that have other things to do. X's highest rate is 250 in real time: `npm run soak:stream`. */
const rate = 4;

test(`an hour at ${rate} events/s (scaled down from 250): five handovers, two kills and a disconnect, and every event is stored once`, async (t) => {
  const progress = (line: string) => t.diagnostic(line);
  const hour = await playHour({ minutes: 60, rate, speed, progress });

  progress(`${hour.storedPerSecond.toFixed(0)} events stored a second`);

  assert.ok(hour.minutes >= 60);
  assert.ok(hour.handovers >= 5, `${hour.handovers} handovers`);
  assert.ok(hour.comparison.sent >= 60 * 60 * rate, `${hour.comparison.sent} events`);
  assert.deepEqual([hour.connections.most, hour.connections.tooMany], [2, 0]);
});
