import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MetricStore } from '../../../local/cloudwatch/metric-store.ts';
import { minute, noon, StandingClock } from './started-cloudwatch.ts';

const metric = { namespace: 'Test', name: 'Seen', dimensions: {} };
const day = 24 * 60 * minute;

test('a month of minutes leaves three days of them', () => {
  const clock = new StandingClock();
  const store = new MetricStore(clock);
  const metrics = ['a', 'b'].map((app) => ({ ...metric, dimensions: { app } }));
  let largest = 0;
  for (; clock.at < noon + 30 * day; clock.at += minute) {
    // One comes late, so that the order of arrival is not that of time.
    for (const [index, one] of metrics.entries()) store.add({ metric: one, value: 1, atMs: clock.at - index * minute });
    largest = Math.max(largest, store.size.minutes);
  }

  assert.ok(largest <= 2 * (3 * 24 * 60 + 2), `${largest} minutes were held`);
  assert.equal(
    store.between({ ...metric, dimensions: { app: 'a' } }, clock.at - 2 * day, clock.at).length,
    2 * 24 * 60,
  );
});

test('a metric that ended is forgotten whole', () => {
  const clock = new StandingClock();
  const store = new MetricStore(clock);
  store.add({ metric, value: 1, atMs: clock.at });
  clock.at += 4 * day;
  store.add({ metric: { ...metric, name: 'Other' }, value: 1, atMs: clock.at });

  assert.deepEqual(store.size, { metrics: 1, minutes: 1 });
});

test('what is older than three days or two hours ahead is not taken', () => {
  const store = new MetricStore(new StandingClock());
  for (const atMs of [noon - 3 * day - minute, noon + 121 * minute]) store.add({ metric, value: 1, atMs });
  assert.equal(store.size.minutes, 0);
  for (const atMs of [noon - 3 * day, noon + 120 * minute]) store.add({ metric, value: 1, atMs });
  assert.equal(store.size.minutes, 2);
});

test('what is no number is refused', () => {
  const store = new MetricStore(new StandingClock());
  assert.throws(() => store.add({ metric, value: Number.NaN, atMs: noon }), RangeError);
});

test('the minutes of any values hold their sums, maxima and counts', () => {
  const points = fc.array(fc.record({ value: fc.integer({ min: -1000, max: 1000 }), offset: fc.nat(10 * minute - 1) }));
  fc.assert(
    fc.property(points, (all) => {
      const store = new MetricStore(new StandingClock());
      for (const { value, offset } of all) store.add({ metric, value, atMs: noon + offset });

      const found = store.between(metric, noon, noon + 10 * minute);

      const expected = Array.from({ length: 10 }, (_, index) => {
        const values = all.filter(({ offset }) => Math.floor(offset / minute) === index).map(({ value }) => value);
        const sum = values.reduce((total, value) => total + value, 0);
        const statistics = { sum, maximum: Math.max(...values), sampleCount: values.length };
        return { startMs: noon + index * minute, statistics };
      }).filter(({ statistics }) => statistics.sampleCount > 0);
      assert.deepEqual(found, expected);
    }),
  );
});
