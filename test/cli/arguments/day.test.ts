import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseDay } from '../../../cli/arguments/day.ts';

const now = Date.parse('2026-03-01T00:30:00.000Z');

describe('a day is', () => {
  test('today or yesterday in UTC, or itself', () => {
    const days = ['today', 'yesterday', '2026-03-01', '2024-02-29'].map((text) => parseDay(text, now));

    assert.deepEqual(days, ['2026-03-01', '2026-02-28', '2026-03-01', '2024-02-29']);
  });

  for (const text of ['2026-02-29', '2026-2-1', '2026-03-01T00:00', 'monday', '']) {
    test(`not ${JSON.stringify(text)}`, () => {
      assert.throws(() => parseDay(text, now), { code: 'USAGE', message: /is not a day/ });
    });
  }

  test('not one that has not begun', () => {
    assert.throws(() => parseDay('2026-03-02', now), { code: 'USAGE', message: /today is 2026-03-01 in UTC/ });
  });
});
