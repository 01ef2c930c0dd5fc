import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseTime } from '../../../cli/arguments/time.ts';

const now = Date.parse('2026-11-21T12:00:00.000Z');
const parse = (text: string) => parseTime('from', text)(now);

describe('a time on the command line', () => {
  const cases: Readonly<Record<string, string>> = {
    now: '2026-11-21T12:00:00.000Z',
    '45s': '2026-11-21T11:59:15.000Z',
    '30m': '2026-11-21T11:30:00.000Z',
    '86400s': '2026-11-20T12:00:00.000Z',
    '2h': '2026-11-21T10:00:00.000Z',
    '7d': '2026-11-14T12:00:00.000Z',
    '1w': '2026-11-14T12:00:00.000Z',
    '2026-11-20T10:30:00Z': '2026-11-20T10:30:00.000Z',
    '2026-11-20T10:30Z': '2026-11-20T10:30:00.000Z',
    '2026-11-20T10:30:00.123456+02:00': '2026-11-20T08:30:00.123Z',
    '2027-01-01T00:00:00.000Z': '2027-01-01T00:00:00.000Z',
    '2028-02-29T00:00:00Z': '2028-02-29T00:00:00.000Z',
  };
  for (const [text, expected] of Object.entries(cases)) {
    test(`${text} is ${expected}`, () => assert.equal(parse(text), expected));
  }

  test('without a zone is local, and a date its first instant', () => {
    assert.equal(parse('2026-11-20'), new Date(2026, 10, 20).toISOString());
    assert.equal(parse('2026-11-20T10:30'), new Date(2026, 10, 20, 10, 30).toISOString());
    assert.equal(parse('2026-11-20 10:30:05'), new Date(2026, 10, 20, 10, 30, 5).toISOString());
  });

  const wrong = [
    'yesterday',
    '1',
    '2026',
    '2026-13-01',
    '2026-02-31',
    '2026-11-20T25:00:00Z',
    '-2h',
    '2y',
    '99999w',
    '+012026-01-01',
    '',
  ];
  for (const text of wrong) {
    test(`refuses ${JSON.stringify(text)} and says which option is meant`, () => {
      assert.throws(() => parse(text), { code: 'USAGE', message: /--from .* is not a time; give / });
    });
  }
});
