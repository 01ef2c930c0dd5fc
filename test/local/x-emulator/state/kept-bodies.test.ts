import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createKeptBodies } from '../../../../local/x-emulator/state/kept-bodies.ts';
import { ManualClock } from '../manual-clock.ts';

const minuteMs = 60_000;
const textOf = (body: Uint8Array | undefined) => body && Buffer.from(body).toString();

describe('kept bodies', () => {
  test('come back byte for byte, in any order', () => {
    const clock = new ManualClock();
    const bodies = createKeptBodies(clock, Number.POSITIVE_INFINITY);
    const all = Array.from({ length: 3_000 }, (_, n) => `{"n":${n},"text":"${'ä'.repeat(n % 7)}"}`);
    const places = all.map((body) => bodies.add(Buffer.from(body), clock.now()));

    for (let index = 0; index < all.length; index += 1) {
      const shuffled = (index * 1_009) % all.length;
      assert.equal(textOf(bodies.at(places[shuffled] ?? -1)), all[shuffled]);
    }
  });

  test('are forgotten one by one as their time is over', () => {
    const clock = new ManualClock();
    const bodies = createKeptBodies(clock, 100 * minuteMs);
    const places = Array.from({ length: 300 }, (_, n) => {
      clock.advance(minuteMs);
      return bodies.add(Buffer.from(String(n)), clock.now());
    });

    const kept = places.filter((place) => bodies.at(place) !== undefined);

    assert.equal(kept.length, 100);
    assert.equal(textOf(bodies.at(kept[0] ?? -1)), '200');
    assert.equal(bodies.at(999_999), undefined);
  });
});
