import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { compactJson } from '../../shared/domain/compact-json.ts';

describe('compact JSON', () => {
  test('loses the whitespace between tokens and nothing else', () => {
    assert.equal(
      compactJson('\t{ "a b" : [ 1.0 ,\r\n"\\" \\\\" , "\\u00e9 / \\/" ] , "a b" : -0 }\n'),
      '{"a b":[1.0,"\\" \\\\","\\u00e9 / \\/"],"a b":-0}',
    );
  });

  test('means the same, is as short as can be and stays so', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2, '\t', ' \n'), (value, space) => {
        const compact = compactJson(JSON.stringify(value, undefined, space));
        assert.equal(compact, JSON.stringify(value));
        assert.equal(compactJson(compact), compact);
      }),
    );
  });

  test('of megabytes is made without a deep stack', () => {
    const long = JSON.stringify(['\\" '.repeat(1_000_000), ' '.repeat(1_000_000)]);
    assert.equal(compactJson(` ${long} `), long);
    assert.equal(compactJson(`[${' '.repeat(4_000_000)}]`), '[]');
  });
});
