import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { matches } from '../../../../local/cloudwatch/filter-pattern/matches.ts';
import { parseFilterPattern } from '../../../../local/cloudwatch/filter-pattern/parse.ts';

const entry = {
  method: 'POST',
  status: '503',
  bytes: 1500,
  path: '/webhooks/x\n',
  outer: { inner: 'deep' },
  list: ['POST'],
  nothing: null,
};
const met = (pattern: string) => matches(parseFilterPattern(pattern), entry);

describe('an entry meets', () => {
  test('a text only when it is the same, case and all', () => {
    assert.equal(met('{ $.method = "POST" }'), true);
    assert.equal(met('{ $.method = POST }'), true);
    assert.equal(met('{ $.method = "post" }'), false);
    assert.equal(met('{ $.method != "POST" }'), false);
    assert.equal(met('{ $.outer.inner = "deep" }'), true);
  });

  test('a wildcard with whatever stands in its place, in texts and numbers', () => {
    assert.equal(met('{ $.status = 5* }'), true);
    assert.equal(met('{ $.status = "5*" }'), true);
    assert.equal(met('{ $.status != 4* }'), true);
    assert.equal(met('{ $.bytes = 15* }'), true);
    assert.equal(met('{ $.bytes != 15* }'), false);
    assert.equal(met('{ $.path = "*hooks*" }'), true);
    assert.equal(met('{ $.path = "hooks*" }'), false);
    assert.equal(met('{ $.path = "/web.ooks*" }'), false);
    assert.equal(met('{ $.status = 50.* }'), false);
  });

  test('a number by its size', () => {
    const operators = ['=', '!=', '<', '<=', '>', '>='];
    const metFor = (number: number) => operators.filter((operator) => met(`{ $.bytes ${operator} ${number} }`));
    assert.deepEqual(metFor(1499), ['!=', '>', '>=']);
    assert.deepEqual(metFor(1500), ['=', '<=', '>=']);
    assert.deepEqual(metFor(1501), ['!=', '<', '<=']);
    assert.equal(met('{ $.bytes = 1.5e+3 }'), true);
  });

  test('nothing about a member that is not there, is a list or an object', () => {
    assert.equal(met('{ $.absent = "x" }'), false);
    assert.equal(met('{ $.method.length > 1 }'), false);
    assert.equal(met('{ $.list = "POST" }'), false);
    assert.equal(met('{ $.outer != "deep" }'), false);
  });

  test('any tree of && and || as its parts say', () => {
    const leaf = fc.constantFrom(
      { text: '$.method = "POST"', expected: true },
      { text: '$.status = 4*', expected: false },
      { text: '$.bytes > 10', expected: true },
      { text: '$.outer.inner != deep', expected: false },
    );
    const { tree } = fc.letrec<{ tree: { text: string; expected: boolean } }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc
          .tuple(fc.constantFrom('&&', '||'), fc.array(tie('tree'), { minLength: 1, maxLength: 4 }))
          .map(([operator, parts]) => ({
            text: `(${parts.map(({ text }) => text).join(` ${operator} `)})`,
            expected: operator === '&&' ? parts.every((part) => part.expected) : parts.some((part) => part.expected),
          })),
      ),
    }));
    fc.assert(fc.property(tree, ({ text, expected }) => assert.equal(met(`{ ${text} }`), expected)));
  });
});

describe('an entry is refused', () => {
  const undocumented = {
    'a text that is compared with a number': '{ $.status = 503 }',
    'a text that is ordered': '{ $.status >= 500 }',
    'a number that is compared with a text': '{ $.bytes = "1500" }',
    'null that is compared': '{ $.nothing = "null" }',
    'an absent member that shall differ': '{ $.absent != "x" }',
  };
  for (const [what, pattern] of Object.entries(undocumented)) {
    test(`for ${what}, since AWS does not say what comes of it`, () => {
      assert.throws(() => met(pattern), { code: 'LOCAL_UNSUPPORTED', message: /AWS does not say/ });
    });
  }

  test('without telling its content', () => {
    assert.throws(
      () => met('{ $.status = 503 }'),
      (error: unknown) =>
        error instanceof Error && !error.message.includes('"503"') && /\$\.status/.test(error.message),
    );
  });
});
