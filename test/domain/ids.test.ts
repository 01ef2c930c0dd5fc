import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { id, namedId, objectId, unwrapped } from '../../shared/domain/ids.ts';

describe('an id', () => {
  test('is text that is not empty or the digits of a number', () => {
    assert.equal(id('5'), '5');
    assert.equal(id(JSON.rawJSON('12345678901234567890')), '12345678901234567890');
    for (const value of ['', null, undefined, {}, [], true, 5]) assert.equal(id(value), undefined);
  });

  test('of an object is its string before its number', () => {
    assert.equal(objectId({ id: JSON.rawJSON('100'), id_str: '123' }), '123');
    assert.equal(objectId({ id: JSON.rawJSON('100') }), '100');
    assert.equal(namedId({ a_str: null, a: '1' }, 'a'), '1');
  });

  test('is found inside a wrapper, but an object with an id is no wrapper', () => {
    assert.equal(objectId({ data: { id: '1' } }), '1');
    assert.equal(objectId({ id: '2', data: { id: '1' } }), '2');
    assert.equal(unwrapped('text'), 'text');
  });
});
