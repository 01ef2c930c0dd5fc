import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { toHttpAnswer } from '../../../local/triggers/http-answer.ts';

const read = (answer: unknown) => {
  const made = toHttpAnswer(JSON.stringify(answer));
  return made === undefined ? undefined : { ...made, body: made.body.toString() };
};

describe('a function’s answer', () => {
  test('gives status, headers, cookies and body', () => {
    const answer = { statusCode: 201, headers: { 'X-Count': 2 }, cookies: ['a=1', 'b=2'], body: 'ü' };
    assert.deepEqual(read(answer), {
      status: 201,
      headers: { 'x-count': '2', 'set-cookie': ['a=1', 'b=2'] },
      body: 'ü',
    });
  });

  test('may have its body in base64, a status as text, or nothing but a status', () => {
    assert.equal(read({ statusCode: 200, body: 'w7w=', isBase64Encoded: true })?.body, 'ü');
    assert.deepEqual(read({ statusCode: '204' }), { status: 204, headers: {}, body: '' });
  });

  test('without a status is the body of a 200', () => {
    const headers = { 'content-type': 'application/json' };
    assert.deepEqual(read({ a: 1 }), { status: 200, headers, body: '{"a":1}' });
    assert.deepEqual(read('text'), { status: 200, headers, body: 'text' });
  });

  for (const answer of [{ statusCode: 'ok' }, { statusCode: 999 }, { statusCode: 200, body: {} }]) {
    test(`${JSON.stringify(answer)} is none`, () => assert.equal(read(answer), undefined));
  }

  test('that is not JSON is none', () => assert.equal(toHttpAnswer('{'), undefined));
});
