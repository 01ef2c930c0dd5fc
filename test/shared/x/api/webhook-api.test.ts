import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { readBody } from '../../../../local/http-body.ts';
import { type LoopbackServer, listenOnLoopback } from '../../../../local/loopback-server.ts';
import { createWebhookApi } from '../../../../shared/x/api/webhook-api.ts';
import { at } from '../../../domain/gaps/seen.ts';

interface Asked {
  readonly line: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** X as a server that says what the test tells it, and remembers what it was asked. */
describe('X’s webhook API', () => {
  const asked: Asked[] = [];
  let answers: ((response: ServerResponse) => void)[] = [];
  let tokens: (string | undefined | Error)[] = [];
  let server: LoopbackServer;

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { method, url, headers } = request;
    const body = (await readBody(request)).toString();
    asked.push({ line: `${method} ${url}`, authorization: headers.authorization, body });
    const say = answers.shift();
    assert.ok(say, 'X was asked once more than expected');
    say(response);
  };
  const json = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) => {
    answers.push((response) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    });
  };
  const text = (status: number, body: string) => {
    answers.push((response) => response.writeHead(status, { 'content-type': 'text/html' }).end(body));
  };

  beforeEach(async () => {
    asked.length = 0;
    answers = [];
    tokens = ['token-1', 'token-2'];
    server = await listenOnLoopback((request, response) => void answer(request, response));
  });
  afterEach(() => server.close());

  const api = () => {
    return createWebhookApi({
      baseUrl: server.url,
      readToken: async () => {
        const token = tokens.shift();
        if (token instanceof Error) throw token;
        return token;
      },
    });
  };
  const window = { fromMs: at(8), toMs: at(22) };
  const problem = (message: string) => ({
    errors: [{ message }],
    title: 'Invalid Request',
    detail: 'One or more parameters to your request was invalid.',
    type: 'https://api.twitter.com/2/problems/invalid-request',
  });

  describe('lists webhooks', () => {
    test('with the bearer token', async () => {
      const listed = {
        created_at: '2026-11-01T00:00:00Z',
        id: '7',
        url: 'https://x.example.com/webhooks/x',
        valid: true,
      };
      json(200, { data: [listed], meta: { result_count: 1 } });
      const { id: webhookId, url, valid } = listed;
      assert.deepEqual(await api().list(), { kind: 'listed', webhooks: [{ webhookId, url, valid }] });
      assert.match(asked[0]?.line ?? '', /^GET \/2\/webhooks(\?|$)/);
      assert.equal(asked[0]?.authorization, 'Bearer token-1');
    });

    test('none', async () => {
      json(200, { meta: { result_count: 0 } });
      assert.deepEqual(await api().list(), { kind: 'listed', webhooks: [] });
    });

    test('not from an answer that only has errors: that says nothing about webhooks', async () => {
      json(200, { errors: [{ title: 'Service Unavailable', detail: 'try again', type: 'about:blank' }] });
      assert.deepEqual(await api().list(), { kind: 'unreachable', why: 'X answered 200: try again' });
    });

    const failures: readonly (readonly [string, number, unknown, RegExp])[] = [
      [
        'a problem',
        503,
        { title: 'Service Unavailable', type: 'about:blank' },
        /^X answered 503: Service Unavailable$/,
      ],
      ['a code', 500, { code: 131, message: 'Internal error' }, /^X answered 500: Internal error$/],
      ['a rate limit', 429, { title: 'Too Many Requests' }, /^X answered 429: Too Many Requests$/],
    ];
    for (const [what, status, body, why] of failures) {
      test(`not when X answers with ${what}`, async () => {
        json(status, body);
        const listing = await api().list();
        assert.match(listing.kind === 'unreachable' ? listing.why : '', why);
      });
    }

    test('not when a proxy answers, or nobody', async () => {
      text(502, '<html>Bad gateway</html>');
      assert.equal((await api().list()).kind, 'unreachable');
      text(200, '<html>Welcome</html>');
      assert.equal((await api().list()).kind, 'unreachable');
      answers.push((response) => response.destroy());
      assert.equal((await api().list()).kind, 'unreachable');
    });

    test('with the next token once X did not take the first, and keeps a good one', async () => {
      const x = api();
      json(401, { title: 'Unauthorized', status: 401 });
      json(200, { data: [] });
      json(200, { data: [] });
      for (const kind of ['unreachable', 'listed', 'listed']) assert.equal((await x.list()).kind, kind);
      assert.deepEqual(
        asked.map(({ authorization }) => authorization),
        ['Bearer token-1', 'Bearer token-2', 'Bearer token-2'],
      );
    });

    test('not without a token, which it asks for again each time', async () => {
      tokens = [undefined, new Error('the secret could not be read')];
      const x = api();
      assert.deepEqual(await x.list(), {
        kind: 'unreachable',
        why: 'there is no bearer token for X’s API; store it with gapless secrets set',
      });
      assert.deepEqual(await x.list(), { kind: 'unreachable', why: 'the secret could not be read' });
      assert.deepEqual(asked, []);
    });
  });

  describe('lists what is subscribed', () => {
    const like = { subscription_id: '1', event_type: 'like.create', filter: { user_id: '2' }, webhook_id: '7' };
    const elsewhere = { ...like, subscription_id: '2', filter: { user_id: '3' }, webhook_id: '8' };

    test('on this webhook, as keys; Account Activity only where it is wanted', async () => {
      json(200, { data: [like, elsewhere] });
      const keys = ['xaa like.create 2'];
      assert.deepEqual(await api().subscriptions('7', keys), { kind: 'listed', keys, elsewhere: 1 });
      json(200, { data: [like] });
      json(200, { data: { subscriptions: [{ user_id: '4' }] } });
      const all = [...keys, 'aaa all 4'];
      assert.deepEqual(await api().subscriptions('7', all), { kind: 'listed', keys: all, elsewhere: 0 });
      assert.deepEqual(
        asked.map(({ line }) => line.split('?')[0]),
        [
          'GET /2/activity/subscriptions',
          'GET /2/activity/subscriptions',
          'GET /2/account_activity/webhooks/7/subscriptions/all/list',
        ],
      );
    });

    test('of all products when it is asked for all, and takes a refusal for none', async () => {
      json(200, { data: [like] });
      json(403, { title: 'Forbidden' });
      assert.deepEqual(await api().subscriptions('7', [], true), {
        kind: 'listed',
        keys: ['xaa like.create 2'],
        elsewhere: 0,
      });
      json(200, { data: [] });
      json(200, { data: { subscriptions: [{ user_id: '4' }] } });
      assert.deepEqual(await api().subscriptions('7', [], true), { kind: 'listed', keys: ['aaa all 4'], elsewhere: 0 });
      json(200, { data: [] });
      json(503, { title: 'Service Unavailable' });
      assert.equal((await api().subscriptions('7', [], true)).kind, 'unreachable');
    });

    test('not when X does not say all of it, or there is no token', async () => {
      json(200, { data: [like] });
      json(503, { title: 'Service Unavailable' });
      const why = 'X answered 503: Service Unavailable';
      assert.deepEqual(await api().subscriptions('7', ['aaa all 4']), { kind: 'unreachable', why });
      tokens = [undefined];
      assert.equal((await api().subscriptions('7', [])).kind, 'unreachable');
    });
  });

  describe('validates', () => {
    const taken: readonly (readonly [string, unknown])[] = [
      ['its newest description', { data: { valid: true } }],
      ['an older one', { data: { attempted: true } }],
    ];
    for (const [what, body] of taken) {
      test(`and takes X’s answer by ${what} for no more than that it was asked`, async () => {
        json(200, body);
        assert.deepEqual(await api().validate('7'), { answer: 'taken' });
        assert.equal(asked[0]?.line, 'PUT /2/webhooks/7');
      });
    }

    test('in vain when X says that its CRC failed', async () => {
      json(400, problem('CrcValidationFailed: Invalid `response_token`'));
      const { answer: said, why } = await api().validate('7');
      assert.deepEqual([said, why], ['failed', 'X answered 400: CrcValidationFailed: Invalid `response_token`']);
    });

    test('perhaps, when X does not say', async () => {
      json(429, { title: 'Too Many Requests' });
      assert.equal((await api().validate('7')).answer, 'unknown');
      answers.push((response) => response.destroy());
      assert.equal((await api().validate('7')).answer, 'unknown');
    });
  });

  describe('replays', () => {
    const started: readonly (readonly [string, unknown])[] = [
      ['data', { data: { job_id: '1093', created_at: '2026-11-21T01:00:00Z' } }],
      ['the top', { job_id: '1093', created_at: '2026-11-21T01:00:00Z' }],
      ['replay_event', { for_user_id: '9', replay_event: { job_id: '1093' } }],
    ];
    for (const [place, body] of started) {
      test(`and finds the job’s id in ${place}`, async () => {
        json(200, body);
        assert.deepEqual(await api().replay('7', window, at(60)), { kind: 'started', jobId: '1093' });
        assert.equal(asked[0]?.line, 'POST /2/webhooks/replay');
        assert.deepEqual(JSON.parse(asked[0]?.body ?? ''), {
          webhook_id: '7',
          from_date: '202611210008',
          to_date: '202611210022',
        });
      });
    }

    test('and lives without an id', async () => {
      json(202, {});
      assert.deepEqual(await api().replay('7', window, at(60)), { kind: 'started' });
    });

    const refusals: readonly (readonly [string, number, unknown, unknown])[] = [
      ['another job', 400, problem('ReplayConflictError: A replay job is already in progress'), { kind: 'conflict' }],
      ['another job, as a conflict', 409, { title: 'Conflict' }, { kind: 'conflict' }],
      ['another job, by its old code', 400, { errors: [{ code: 355, message: 'in progress' }] }, { kind: 'conflict' }],
      ['a failed CRC', 400, problem('CrcValidationFailed: timeout'), { kind: 'crc-failed' }],
      [
        'a failed CRC, by its old code',
        400,
        { errors: [{ code: 214, message: 'high latency' }] },
        { kind: 'crc-failed' },
      ],
      [
        'dates',
        400,
        problem('QueryParamInvalid: from_date is too old'),
        { kind: 'refused', why: 'QueryParamInvalid: from_date is too old' },
      ],
      [
        'a missing entitlement',
        403,
        { title: 'Client Forbidden', detail: 'not enrolled', type: 'https://api.x.com/2/problems/client-forbidden' },
        { kind: 'refused', why: 'not enrolled' },
      ],
      ['a fault of its own', 503, { title: 'Service Unavailable' }, { kind: 'unknown', why: 'Service Unavailable' }],
    ];
    for (const [what, status, body, expected] of refusals) {
      test(`not because of ${what}`, async () => {
        json(status, body);
        assert.deepEqual(await api().replay('7', window, at(60)), expected);
      });
    }

    test('later, when X’s rate limit opens again, which it may or may not say', async () => {
      json(429, { title: 'Too Many Requests' }, { 'x-rate-limit-reset': String(at(70) / 1_000) });
      assert.deepEqual(await api().replay('7', window, at(60)), { kind: 'limited', untilMs: at(70) });
      json(429, { title: 'Too Many Requests' });
      assert.deepEqual(await api().replay('7', window, at(60)), { kind: 'limited', untilMs: at(75) });
    });

    test('perhaps, when the line breaks', async () => {
      answers.push((response) => response.destroy());
      assert.equal((await api().replay('7', window, at(60))).kind, 'unknown');
    });

    test('surely not without a token', async () => {
      tokens = [];
      assert.equal((await api().replay('7', window, at(60))).kind, 'refused');
    });
  });
});
