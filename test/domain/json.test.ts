import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { isRawNumber, list, maxDepth, member, object, parseJson, printJson, text } from '../../shared/domain/json.ts';

function parsed(source: string): unknown {
  const reading = parseJson(source);
  assert.equal(reading.kind, 'json');
  return reading.kind === 'json' ? reading.value : undefined;
}

describe('lossless JSON', () => {
  test('prints numbers with the digits they came with', () => {
    for (const digits of ['1.0', '-0', '12345678901234567890', '1e400', '0.1000', '-1E-7', '100']) {
      assert.equal(printJson(parsed(`{"a":[${digits}]}`)), `{"a":[${digits}]}`);
    }
  });

  test('round-trips any value and any digits', () => {
    const digits = fc.stringMatching(/^-?(0|[1-9]\d{0,30})(\.\d{1,20})?([eE][+-]?\d{1,4})?$/);
    fc.assert(
      fc.property(fc.json(), digits, (json, number) => {
        const source = `{"__proto__":${json},"n":${number}}`;
        assert.equal(printJson(parsed(printJson(parsed(source)))), printJson(parsed(source)));
        assert.deepEqual(JSON.parse(printJson(parsed(source))), JSON.parse(source));
        assert.ok(printJson(parsed(source)).endsWith(`"n":${number}}`));
      }),
    );
  });

  test('keeps a member called __proto__ and gives nothing to the prototype', () => {
    const value = parsed('{"__proto__":{"polluted":1},"a":{"constructor":2}}');
    assert.equal(printJson(value), '{"__proto__":{"polluted":1},"a":{"constructor":2}}');
    assert.equal(member({}, 'polluted'), undefined);
    assert.equal(text(member(value, '__proto__', 'polluted')), '1');
  });

  test('says when text is too deep, and when it is none', () => {
    const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
    assert.equal(parseJson(nested(maxDepth)).kind, 'json');
    assert.deepEqual(parseJson(` ${nested(maxDepth + 1)}`), { kind: 'too-deep', compact: nested(maxDepth + 1) });
    assert.equal(parseJson(nested(200_000)).kind, 'too-deep');
    assert.equal(parseJson('[['.repeat(200_000)).kind, 'invalid');
    for (const wrong of ['', '{', "{'a':1}", '01', '[1,]', '\uFEFF1']) assert.equal(parseJson(wrong).kind, 'invalid');
  });
});

describe('what lies in JSON', () => {
  test('is reached by own members only', () => {
    const value = parsed('{"a":{"b":["x"]},"n":7,"list":[1]}');
    assert.deepEqual(member(value, 'a', 'b'), ['x']);
    for (const path of [['a', 'c'], ['n', 'rawJSON'], ['list', '0'], ['list', 'length'], ['toString']]) {
      assert.equal(member(value, ...path), undefined);
    }
    assert.equal(member(null, 'a'), undefined);
    assert.equal(member(value), value);
  });

  test('is told apart by kind', () => {
    const number = parsed('1.50');
    assert.equal(text(number), '1.50');
    assert.equal(text('x'), 'x');
    assert.equal(text(parsed('{"rawJSON":"1"}')), undefined);
    assert.equal(isRawNumber(parsed('{"rawJSON":"1"}')), false);
    assert.equal(object(number), undefined);
    assert.equal(object([]), undefined);
    assert.equal(object(null), undefined);
    assert.deepEqual(list([1]), [1]);
    assert.deepEqual(list({}), []);
  });
});
