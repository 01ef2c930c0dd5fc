import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Condition } from '../../../../local/cloudwatch/filter-pattern/condition.ts';
import { parseFilterPattern } from '../../../../local/cloudwatch/filter-pattern/parse.ts';

describe('a filter pattern', () => {
  test('is a comparison of a member with a text, a number or a wildcard', () => {
    const read = (pattern: string) => {
      const condition = parseFilterPattern(pattern);
      return condition.kind === 'comparison' ? [condition.path, condition.operator, condition.literal] : condition;
    };

    assert.deepEqual(read('{ $.method = "POST" }'), [['method'], '=', { kind: 'text', text: 'POST' }]);
    assert.deepEqual(read('{$.a.b-c.d_1!=word_1}'), [['a', 'b-c', 'd_1'], '!=', { kind: 'text', text: 'word_1' }]);
    assert.deepEqual(read('{ $.quote = "a \\"b\\" \\\\" }'), [['quote'], '=', { kind: 'text', text: 'a "b" \\' }]);
    assert.deepEqual(read('{ $.bytes >= -1.5e3 }'), [['bytes'], '>=', { kind: 'number', number: -1500 }]);
    const literalOf = (pattern: string) => {
      const condition = parseFilterPattern(pattern);
      return condition.kind === 'comparison' ? condition.literal : undefined;
    };
    for (const wildcard of ['5*', '123.123.*', '*', '"5*"', '"a b/*.html"']) {
      assert.equal(literalOf(`{ $.a = ${wildcard} }`)?.kind, 'wildcard');
    }
  });

  test('binds && closer than ||, and parentheses closest', () => {
    type Shape = string | { readonly all: readonly Shape[] } | { readonly any: readonly Shape[] };
    const shapeOf = (condition: Condition): Shape => {
      if (condition.kind === 'comparison') return condition.path.join('.');
      const parts = condition.conditions.map(shapeOf);
      return condition.kind === 'all' ? { all: parts } : { any: parts };
    };
    const shape = (pattern: string) => shapeOf(parseFilterPattern(pattern));

    assert.deepEqual(shape('{ $.a = 1 || $.b = 1 && $.c = 1 }'), { any: ['a', { all: ['b', 'c'] }] });
    assert.deepEqual(shape('{ ($.a = 1 || ($.b = 1)) && $.c = 1 && $.d = 1 }'), {
      all: [{ any: ['a', 'b'] }, 'c', 'd'],
    });
  });

  const unknown = {
    'no braces': 'ERROR',
    'nothing to compare': '{ }',
    'two comparisons side by side': '{ $.a = 1 $.b = 1 }',
    'an open parenthesis': '{ ($.a = 1 }',
    'an open quote': '{ $.a = "x }',
    'something behind it': '{ $.a = 1 } x',
    'an unknown operator': '{ $.a == 1 }',
    'an order of texts': '{ $.a > "x" }',
    'an order of wildcards': '{ $.a >= 5* }',
    'a bare text that needs quotes': '{ $.a = a-b }',
    'a bare wildcard that needs quotes': '{ $.a = a-b* }',
    'a place in a list': '{ $.a[0] = 1 }',
    'a regular expression': '{ $.a = %^x% }',
    'IS NULL': '{ $.a IS NULL }',
    'NOT EXISTS': '{ $.a NOT EXISTS }',
    'a list of terms': '[ip, status = 5*]',
    'nothing at all': '',
  };
  for (const [what, pattern] of Object.entries(unknown)) {
    test(`with ${what} is refused`, () => {
      assert.throws(() => parseFilterPattern(pattern), { code: 'LOCAL_UNSUPPORTED', message: /The filter pattern/ });
    });
  }
});
