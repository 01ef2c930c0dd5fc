import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { median, percentile } from './percentiles.ts';

describe('a percentile', () => {
  test('is the value of the nearest rank, whatever the order', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    assert.deepEqual(
      [1, 50, 95, 99, 100].map((percent) => percentile(hundred, percent)),
      [1, 50, 95, 99, 100],
    );
    assert.equal(median([9, 1, 5]), 5);
    assert.equal(percentile([7], 99), 7);
    assert.equal(percentile([], 50), Number.NaN);
  });

  test('is one of the values, with at least that share at or below it', () => {
    const values = fc.array(fc.integer(), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 100 }), (numbers, percent) => {
        const found = percentile(numbers, percent);
        assert.ok(numbers.includes(found));
        assert.ok(numbers.filter((one) => one <= found).length >= (percent / 100) * numbers.length);
        assert.ok(numbers.filter((one) => one < found).length < (percent / 100) * numbers.length);
      }),
    );
  });
});
