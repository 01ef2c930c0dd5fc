import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { indentJson } from '../../../cli/output/indent-json.ts';

test('indents like JSON.stringify, whatever white space was there', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), (value, space) => {
      assert.equal(indentJson(JSON.stringify(value, undefined, space)), JSON.stringify(value, undefined, 2));
    }),
  );
});

test('keeps every digit and escape', () => {
  assert.equal(
    indentJson('{"id":12345678901234567890,"n":[1.0,-0],"s":"\\u0041\\/ {,}"}'),
    '{\n  "id": 12345678901234567890,\n  "n": [\n    1.0,\n    -0\n  ],\n  "s": "\\u0041\\/ {,}"\n}',
  );
});

test('takes a string of megabytes', () => {
  const json = JSON.stringify({ text: '\\"x'.repeat(1_000_000) });

  assert.equal(indentJson(json).length, json.length + '\n  \n '.length);
});
