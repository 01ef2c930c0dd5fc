import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { AdjustableClock } from '../../../local/clock/adjustable-clock.ts';
import { type HttpApi, startHttpApi } from '../../../local/triggers/http-api.ts';
import { type InlineFunction, startInlineFunction } from '../../support/inline-function.ts';

const source = `export const handler = async (event) => {
  const { do: what } = event.queryStringParameters ?? {};
  if (what === 'throw') throw new Error('secret detail');
  if (what === 'wait') await new Promise(() => {});
  if (what === 'nonsense') return { statusCode: 'nonsense' };
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  return { statusCode: 202, body: JSON.stringify([event.requestContext.http.method, bytes.length]) };
};`;

describe('the HTTP API', () => {
  let api: HttpApi;
  let inline: InlineFunction;
  before(async () => {
    api = await startHttpApi(0, new AdjustableClock());
    inline = await startInlineFunction(source, { maxProcesses: 2 });
  });
  after(async () => {
    await api.close();
    await inline.close();
  });

  const call = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(`${api.url}${path}`, { method: 'POST', ...init });
    return [answer.status, await answer.json()];
  };

  test('answers 503 until there is something to serve', async () => {
    assert.deepEqual(await call('/hooks'), [503, { message: 'Service Unavailable' }]);

    const target = { door: 'http-api', apiId: 'api', functionName: 'Test-Inline' } as const;
    const routes = [
      { ...target, routeKey: 'ANY /hooks', timeoutMs: 30_000 },
      { ...target, routeKey: 'ANY /impatient', timeoutMs: 1 },
    ];
    api.serve(routes, new Map([['Test-Inline', inline.runner]]));
    assert.deepEqual(await call('/hooks', { body: 'ü' }), [202, ['POST', 2]]);
  });

  test('answers 404 where there is no route', async () => {
    assert.deepEqual(await call('/elsewhere'), [404, { message: 'Not Found' }]);
  });

  test('answers 500 without a reason when the function throws or answers nonsense', async () => {
    for (const what of ['throw', 'nonsense']) {
      assert.deepEqual(await call(`/hooks?do=${what}`), [500, { message: 'Internal Server Error' }]);
    }
  });

  test('answers 503 when the function takes longer than the integration may', async () => {
    assert.deepEqual(await call('/impatient?do=wait'), [503, { message: 'Service Unavailable' }]);
    inline.runner.kill();
  });

  test('answers 503 while the function is throttled', async () => {
    inline.runner.pause();
    assert.deepEqual(await call('/hooks'), [503, { message: 'Service Unavailable' }]);
    inline.runner.resume();
  });

  test('takes a body that Lambda can have, and refuses larger ones with 413', async () => {
    const text = { 'content-type': 'text/plain' };
    assert.deepEqual(await call('/hooks', { body: 'x'.repeat(5_000_000), headers: text }), [202, ['POST', 5_000_000]]);
    for (const size of [6 * 1024 * 1024, 10 * 1024 * 1024 + 1]) {
      const refused = await call('/hooks', { body: 'x'.repeat(size), headers: text });
      assert.deepEqual(refused, [413, { message: 'Request Entity Too Large' }]);
    }
  });

  test('cannot take a port that another has, and says what to do', async () => {
    const port = Number(new URL(api.url).port);
    await assert.rejects(startHttpApi(port, new AdjustableClock()), { code: 'LOCAL_START_FAILED', message: /--port/ });
  });
});

describe('a function URL', () => {
  let front: HttpApi;
  let inline: InlineFunction;
  const unanswered: unknown[] = [];
  before(async () => {
    front = await startHttpApi(0, new AdjustableClock());
    inline = await startInlineFunction(source, { maxProcesses: 1 });
    const url = { door: 'function-url', apiId: 'url', functionName: 'Test-Inline', routeKey: '$default' } as const;
    front.serve([{ ...url, timeoutMs: 30_000 }], new Map([['Test-Inline', inline.runner]]), (answered) =>
      unanswered.push(answered.unanswered?.metric),
    );
  });
  after(async () => {
    await front.close();
    await inline.close();
  });

  const post = async (path: string, body = 'x') =>
    (await fetch(`${front.url}${path}`, { method: 'POST', body, headers: { 'content-type': 'text/plain' } })).status;

  test('passes every path on', async () => {
    assert.deepEqual([await post('/hooks'), await post('/any/other')], [202, 202]);
  });

  test('answers 502 for a function that fails and 429 for one that is throttled, which Lambda counts', async () => {
    unanswered.length = 0;
    assert.equal(await post('/hooks?do=throw'), 502);
    inline.runner.pause();
    assert.equal(await post('/hooks'), 429);
    inline.runner.resume();
    assert.equal(await post('/hooks'), 202);
    assert.deepEqual(unanswered, ['Errors', 'Throttles', undefined]);
  });

  test('takes no body over 6 MB', async () => {
    assert.equal(await post('/hooks', 'x'.repeat(6 * 1024 * 1024 + 1)), 413);
  });
});
