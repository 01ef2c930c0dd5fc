import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { member } from '../../../shared/domain/json.ts';
import { startAnswerLimit } from './answer-limit.ts';
import { asUser, clientSecret, consumerSecret, messageOf, startX } from './emulated-x.ts';
import { hmac, type ReceiverAnswer } from './receiver.ts';

const hourMs = 3_600_000;

describe('registering a webhook', () => {
  test('sends a CRC as X does and answers with the webhook', async (t) => {
    const { api, receiver } = await startX(t);

    const answer = await api('POST /2/webhooks', { url: receiver.url });

    assert.equal(answer.status, 200);
    const id = member(answer.body, 'data', 'id');
    assert.match(String(id), /^[0-9]{19}$/);
    const webhook = { created_at: '2026-11-21T12:00:00.000Z', id, url: receiver.url, valid: true };
    assert.deepEqual(answer.body, { data: webhook });
    assert.deepEqual((await api('GET /2/webhooks')).body, { data: [webhook], meta: { result_count: 1 } });

    const [crc] = receiver.crcs;
    const query = new URL(crc?.url ?? '', receiver.url).searchParams;
    const token = query.get('crc_token') ?? '';
    assert.equal(token.length, 48);
    assert.match(Buffer.from(token, 'base64').toString(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-/);
    const nonce = query.get('nonce') ?? '';
    assert.equal(Buffer.from(nonce, 'base64').toString(), String(Date.UTC(2026, 10, 21, 12)));
    assert.equal(crc?.headers['user-agent'], undefined);
    const signed = hmac(consumerSecret, `crc_token=${token}&nonce=${nonce}`);
    assert.equal(crc?.headers['x-twitter-webhooks-signature'], signed);
  });

  test('sends an unsigned CRC where X signs none', async (t) => {
    const { register, receiver } = await startX(t, { signsChecks: false });

    await register();

    const names = Object.keys(receiver.crcs[0]?.headers ?? {});
    assert.deepEqual(
      names.filter((name) => name.includes('signature')),
      [],
    );
  });

  const refusedCrcs: readonly (readonly [
    name: string,
    answer: ReceiverAnswer | 'token of the consumer secret',
    message: string,
  ])[] = [
    [
      'answers with the consumer secret though the app has a client secret',
      'token of the consumer secret',
      'CrcValidationFailed: URL returned bad response during CRC with error: Invalid `response_token`',
    ],
    [
      'answers something that is not JSON',
      { status: 200, body: 'ok' },
      'CrcValidationFailed: URL returned bad response during CRC with error: Invalid `response_token`',
    ],
    [
      'redirects',
      { status: 302, headers: { location: '/elsewhere' } },
      'CrcValidationFailed: URL redirected during CRC with status: 302',
    ],
    ['is out of order', { status: 503 }, 'CrcValidationFailed: URL returned bad response during CRC with status: 503'],
  ];
  for (const [name, answer, message] of refusedCrcs) {
    test(`is refused when the receiver ${name}`, async (t) => {
      const { api, receiver } = await startX(t);
      receiver.crc = (token) =>
        answer === 'token of the consumer secret'
          ? { status: 200, body: JSON.stringify({ response_token: hmac(consumerSecret, token) }) }
          : answer;

      const refusal = await api('POST /2/webhooks', { url: receiver.url });

      assert.equal(refusal.status, 400);
      assert.deepEqual(refusal.body, {
        errors: [{ message }],
        title: 'Invalid Request',
        detail: 'One or more parameters to your request was invalid.',
        type: 'https://api.x.com/2/problems/invalid-request',
      });
      assert.deepEqual((await api('GET /2/webhooks')).body, { data: [], meta: { result_count: 0 } });
    });
  }

  test('is refused when nobody answers within the time', async (t) => {
    const limit = startAnswerLimit();
    const { api, receiver } = await startX(t, { startAnswerLimit: limit.start });
    receiver.crc = () => limit.pass();

    const refusal = await api('POST /2/webhooks', { url: receiver.url });

    assert.equal(messageOf(refusal), 'CrcValidationFailed: URL could not be reached during CRC: timeout');
  });

  test('takes the consumer secret of an app that has no client secret', async (t) => {
    const { api, receiver } = await startX(t, { consumerSecret: clientSecret, clientSecret: undefined });

    assert.equal((await api('POST /2/webhooks', { url: receiver.url })).status, 200);
  });

  for (const url of [
    'http://receiver.example/webhooks/x',
    'https://receiver.example:8443/webhooks/x',
    'https://receiver.example:443/webhooks/x',
    'ftp://127.0.0.1/webhooks/x',
    'not a url',
    `http://127.0.0.1/${'a'.repeat(200)}`,
  ]) {
    test(`refuses the URL ${url.slice(0, 50)}`, async (t) => {
      const { api, receiver } = await startX(t);

      assert.match(String(messageOf(await api('POST /2/webhooks', { url }))), /^UrlValidationFailed: /);
      assert.equal(receiver.received.length, 0);
    });
  }

  test('refuses a body without a URL, a second registration, and one over the limit', async (t) => {
    const { api, receiver } = await startX(t, { webhookLimit: 2 });
    const url = receiver.url;

    assert.equal(messageOf(await api('POST /2/webhooks', {})), '$.url: is missing but it is required');
    assert.equal((await api('POST /2/webhooks', { url })).status, 200);
    const duplicate = await api('POST /2/webhooks', { url });
    assert.equal(messageOf(duplicate), 'DuplicateUrlFailed: URL is registered already');
    assert.equal((await api('POST /2/webhooks', { url: `${url}/other` })).status, 200);
    assert.equal(messageOf(await api('POST /2/webhooks', { url })), 'WebhookLimitExceeded: ');
  });

  test('registers a URL once when two requests race', async (t) => {
    const { api, receiver } = await startX(t);

    const answers = await Promise.all([1, 2].map(() => api('POST /2/webhooks', { url: receiver.url })));

    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400]);
  });
});

describe('a registered webhook', () => {
  test('shows only the fields that were asked for', async (t) => {
    const { api, register } = await startX(t);
    const id = await register();

    const answer = await api('GET /2/webhooks?webhook_config.fields=id,valid');

    assert.deepEqual(answer.body, { data: [{ id, valid: true }], meta: { result_count: 1 } });
    assert.equal((await api('GET /2/webhooks?webhook_config.fields=secret')).status, 400);
  });

  test('can be deleted with its Account Activity subscriptions', async (t) => {
    const { api, register } = await startX(t);
    const id = await register();
    await api(`POST /2/account_activity/webhooks/${id}/subscriptions/all`, {}, asUser('2244'));

    assert.deepEqual((await api(`DELETE /2/webhooks/${id}`)).body, { data: { deleted: true } });

    const again = await api(`DELETE /2/webhooks/${id}`);
    assert.equal(messageOf(again), 'WebhookIdInvalid: Webhook does not exist');
    const count = await api('GET /2/account_activity/subscriptions/count');
    assert.equal(member(count.body, 'data', 'subscriptions_count_all'), '0');
  });

  test('becomes invalid at once by a wrong token, and valid again by a check that passes', async (t) => {
    const { api, register, receiver, x } = await startX(t);
    const id = await register();
    const right = receiver.crc;
    const isValid = async () => {
      assert.deepEqual((await api(`PUT /2/webhooks/${id}`)).body, { data: { valid: true } });
      await x.idle();
      const { body } = await api('GET /2/webhooks?webhook_config.fields=valid');
      return member(body, 'data');
    };

    receiver.crc = () => ({ status: 200, body: '{"response_token":"sha256=wrong"}' });
    assert.deepEqual(await isValid(), [{ valid: false }]);
    receiver.crc = () => ({ status: 503 });
    assert.deepEqual(await isValid(), [{ valid: false }]);
    receiver.crc = right;
    assert.deepEqual(await isValid(), [{ valid: true }]);
    receiver.crc = () => ({ status: 301, headers: { location: receiver.url } });
    assert.deepEqual(await isValid(), [{ valid: false }]);
  });

  test('is checked a day after the last pass, and survives failures for 28 hours in all', async (t) => {
    const { register, receiver, clock, x, api } = await startX(t);
    await register();
    const halfHours = async (count: number) => {
      for (let left = count; left > 0; left -= 1) {
        clock.advance(hourMs / 2);
        await clock.sleeperAt(clock.now() + hourMs / 2);
        await x.idle();
      }
    };
    const validity = async () => (await api('GET /2/webhooks?webhook_config.fields=valid')).body;

    await halfHours(47);
    assert.equal(receiver.crcs.length, 1);
    receiver.crc = () => ({ status: 500 });
    await halfHours(9);
    assert.equal(receiver.crcs.length, 10);
    assert.deepEqual(await validity(), { data: [{ valid: true }], meta: { result_count: 1 } });
    await halfHours(1);
    assert.deepEqual(await validity(), { data: [{ valid: false }], meta: { result_count: 1 } });
    await halfHours(4);
    assert.equal(receiver.crcs.length, 11);
  });
});

describe('authentication', () => {
  test('refuses an unknown credential with X’s 401', async (t) => {
    const { api } = await startX(t);

    for (const authorization of ['Bearer wrong', 'Basic dGVzdDp0ZXN0', 'OAuth oauth_token="not-a-user"', '']) {
      const { status, body } = await api('GET /2/webhooks', undefined, authorization);
      assert.equal(status, 401);
      assert.deepEqual(
        { title: member(body, 'title'), type: member(body, 'type'), status: member(body, 'status') },
        { title: 'Unauthorized', type: 'about:blank', status: 401 },
      );
    }
  });

  test('tells apart what only the app and what only a user may do', async (t) => {
    const { api, register } = await startX(t);
    const id = await register();

    assert.equal((await api('GET /2/webhooks', undefined, asUser('2244'))).status, 403);
    assert.equal((await api(`POST /2/account_activity/webhooks/${id}/subscriptions/all`, {})).status, 403);
  });

  test('has no endpoint where X has none', async (t) => {
    const { api } = await startX(t);

    assert.equal((await api('GET /2/webhooks/1/elsewhere')).status, 404);
  });
});
