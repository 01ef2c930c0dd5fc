import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatNumber, formatTable } from './table.ts';

describe('a number in a table', () => {
  for (const [value, text] of [
    [0, '0'],
    [1.1499, '1.15'],
    [0.0123456, '0.0123'],
    [12.345, '12.3'],
    [-0.5, '-0.500'],
    [999.6, '1000'],
    [1234.5, '1,235'],
    [2_000_000, '2,000,000'],
  ] as const) {
    test(`${value} is shown as ${text}`, () => assert.equal(formatNumber(value), text));
  }
});

test('a table has every column that any row has, numbers on the right', () => {
  const table = formatTable([
    { what: 'empty handler', ratio: 1 },
    { what: 'ours', ratio: 1.15, note: 'a | b' },
  ]);
  assert.equal(
    table,
    [
      '| what          | ratio | note   |',
      '| ------------- | ----: | ------ |',
      '| empty handler |     1 |        |',
      '| ours          |  1.15 | a \\| b |',
    ].join('\n'),
  );
});
