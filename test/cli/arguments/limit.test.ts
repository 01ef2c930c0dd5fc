import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseLimit } from '../../../cli/arguments/limit.ts';

test('a limit has no maximum', () => {
  assert.equal(parseLimit('1'), 1);
  assert.equal(parseLimit('10000000'), 10_000_000);
  assert.equal(parseLimit('all'), Number.POSITIVE_INFINITY);
});

for (const text of ['0', '-1', '1.5', '1e3', 'ten', '']) {
  test(`the limit ${JSON.stringify(text)} is wrong usage`, () => {
    assert.throws(() => parseLimit(text), { code: 'USAGE' });
  });
}
