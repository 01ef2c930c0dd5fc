import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { findJsonFault } from '../../../shared/domain/subscriptions/find-json-fault.ts';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('the place where text stops being JSON', () => {
  for (const [text, at] of [
    ['', 0],
    ['[1 2]', 3],
    ['{"a" 1}', 5],
    ['{"a": 1,}', 8],
    ['[}', 1],
    ['[1', 2],
    ['{} {}', 3],
    ['["\t"]', 1],
    ['[01]', 2],
    ['{a: 1}', 1],
    ['[tru]', 1],
  ] as const) {
    test(`is ${at} in ${JSON.stringify(text)}`, () => assert.equal(findJsonFault(text), at));
  }

  test('is none exactly where JSON.parse takes the text', () => {
    const part = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"\\u00e9"',
      '"\\x"',
      '1',
      '-0.5e+3',
      '01',
      'true',
      ' ',
      '\n',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(part).map((parts) => parts.join('')),
          fc.json(),
        ),
        (text) => {
          assert.equal(findJsonFault(text) === undefined, isJson(text), text);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
