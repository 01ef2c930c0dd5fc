import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type HttpRequest, toHttpEvent } from '../../../local/triggers/http-event.ts';

const route = { routeKey: 'ANY /hooks/{app}', apiId: 'api', pathParameters: { app: 'a' } };
const request = (changes: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'POST',
  target: '/hooks/a',
  rawHeaders: ['Host', 'localhost:8787', 'Content-Type', 'application/json'],
  body: Buffer.from('{}'),
  sourceIp: '127.0.0.1',
  requestId: '0123456789abcdef',
  receivedAt: Date.UTC(2026, 10, 1, 9, 5, 7, 12),
  ...changes,
});

describe('an event of payload format 2.0', () => {
  test('has route, method, path, source and time of the request', () => {
    const { requestContext, routeKey, rawPath, pathParameters, version } = toHttpEvent(
      request({ rawHeaders: ['User-Agent', 'X/1.0', 'Host', 'localhost:8787'] }),
      route,
    );

    assert.deepEqual(
      [version, routeKey, rawPath, pathParameters],
      ['2.0', 'ANY /hooks/{app}', '/hooks/a', { app: 'a' }],
    );
    assert.deepEqual(requestContext.http, {
      method: 'POST',
      path: '/hooks/a',
      protocol: 'HTTP/1.1',
      sourceIp: '127.0.0.1',
      userAgent: 'X/1.0',
    });
    assert.deepEqual([requestContext.time, requestContext.timeEpoch], ['01/Nov/2026:09:05:07 +0000', 1793523907012]);
  });

  test('has lower-case headers, repeated ones joined by commas, cookies apart', () => {
    const rawHeaders = ['X-One', 'a', 'x-one', 'b', 'Cookie', 'k=1; l=2', 'Host', 'h'];
    const { headers, cookies } = toHttpEvent(request({ rawHeaders }), route);

    assert.equal(headers['x-one'], 'a,b');
    assert.deepEqual(cookies, ['k=1', 'l=2']);
    assert.equal(headers.cookie, undefined);
    assert.ok(Object.keys(headers).every((name) => name === name.toLowerCase()));
  });

  test('has the query as it was sent, and decoded', () => {
    const event = toHttpEvent(request({ target: '/hooks/a?crc_token=a+b%2Fc&n=1&n=2' }), route);

    assert.equal(event.rawQueryString, 'crc_token=a+b%2Fc&n=1&n=2');
    assert.deepEqual(event.queryStringParameters, { crc_token: 'a b/c', n: '1,2' });
  });

  test('without query, body or path variables has none of these members', () => {
    const event = toHttpEvent(request({ body: Buffer.alloc(0) }), { ...route, pathParameters: {} });

    for (const name of ['queryStringParameters', 'body', 'pathParameters', 'cookies'])
      assert.ok(!(name in event), name);
    assert.deepEqual([event.rawQueryString, event.isBase64Encoded], ['', false]);
  });

  const bytes = Buffer.from('{"ü":"\\/"}');
  for (const type of [
    'application/json',
    'application/JSON; charset=utf-8',
    'text/plain',
    'application/xml',
    'application/javascript',
  ]) {
    test(`carries ${type} as text`, () => {
      const event = toHttpEvent(request({ body: bytes, rawHeaders: ['Content-Type', type] }), route);
      assert.deepEqual([event.body, event.isBase64Encoded], [bytes.toString(), false]);
    });
  }
  for (const type of [
    'application/octet-stream',
    'application/x-www-form-urlencoded',
    'application/problem+json',
    undefined,
  ]) {
    test(`carries ${type ?? 'a body without a type'} as base64`, () => {
      const rawHeaders = type === undefined ? [] : ['Content-Type', type];
      const event = toHttpEvent(request({ body: bytes, rawHeaders }), route);
      assert.deepEqual([event.body, event.isBase64Encoded], [bytes.toString('base64'), true]);
    });
  }
});
