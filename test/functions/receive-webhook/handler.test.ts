import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { sign, signatureHeaders } from '../../../shared/x/signature.ts';
import { type Emulators, startEmulators } from '../../support/emulators.ts';
import { type HttpRequest, signed } from './http-event.ts';
import { startReceiver, takeDeliveries } from './receiver.ts';

const startedAt = Date.parse('2026-11-21T10:00:00Z');
const secretsOf = (secrets: object) => JSON.stringify(secrets);
const token = 'NGYxMDRkM2UtZjYyNi00NmQ4LWI2ZjgtZGRkYjk3MmM1ZTNi';
const text = '{"for_user_id":"2244994945","text":"caf\\u00e9 \\/ \\uD83D\\uDE00"}';

const base64 = (bytes: Uint8Array) => ({ body: Buffer.from(bytes).toString('base64'), isBase64Encoded: true });

describe('the receiver', () => {
  let emulators: Emulators;
  let time: { now: number };
  let receiver: ReturnType<typeof startReceiver>;
  const post = (request: HttpRequest) => receiver.request(request);
  const status = async (request: HttpRequest) => (await receiver.request(request)).statusCode;
  const crc = async (query: string, app?: string) => {
    const { statusCode, body = '' } = await receiver.request({ method: 'GET', query, ...(app && { app }) });
    return { statusCode, responseToken: JSON.parse(body).response_token };
  };

  before(async () => {
    emulators = await startEmulators();
  });
  after(() => emulators.close());
  beforeEach(async () => {
    await takeDeliveries(emulators);
    emulators.secrets.put(
      'default',
      secretsOf({ consumerSecrets: [{ value: 'consumer' }], clientSecrets: [{ value: 'client' }] }),
    );
    emulators.secrets.put('shop', secretsOf({ consumerSecrets: [{ value: 'shop-consumer' }] }));
    time = { now: startedAt };
    receiver = startReceiver(emulators, time);
  });

  describe('answers a CRC', () => {
    test('with the client secret where the app has one, else with the consumer secret', async () => {
      const byClient = sign('client', Buffer.from(token));
      assert.deepEqual(await crc(`crc_token=${token}`), { statusCode: 200, responseToken: byClient });
      assert.deepEqual(await crc(`crc_token=${token}`, 'default'), { statusCode: 200, responseToken: byClient });
      const byConsumer = sign('shop-consumer', Buffer.from(token));
      assert.deepEqual(await crc(`crc_token=${token}`, 'shop'), { statusCode: 200, responseToken: byConsumer });
    });

    test('beside a nonce, and with a plus sign in the token', async () => {
      const expected = sign('client', Buffer.from('a+b=='));
      assert.equal((await crc('nonce=MTc2OTU&crc_token=a+b%3D%3D')).responseToken, expected);
    });

    for (const [what, query] of [
      ['a brace', 'crc_token=%7B'],
      ['a quote', 'crc_token=%22abc%22'],
      ['257 characters', `crc_token=${'a'.repeat(257)}`],
      ['nothing', 'crc_token='],
      ['no token', 'nonce=abc'],
      ['two tokens', 'crc_token=abc&crc_token=abc'],
      ['a malformed escape', 'crc_token=%'],
    ] as const) {
      test(`with 400 when it has ${what}`, async () => {
        assert.deepEqual(await crc(query), { statusCode: 400, responseToken: undefined });
      });
    }

    test('with 503 and no token while the secrets are not there', async () => {
      const mend = emulators.faults.secretsManager.add({ target: 'GetSecretValue', respond: { status: 500 } });
      const answer = await receiver.request({ method: 'GET', query: `crc_token=${token}` });
      mend();
      assert.equal(answer.statusCode, 503);
      assert.equal(answer.headers?.['retry-after'], '5');
      assert.doesNotMatch(answer.body ?? '', /sha256/);
    });

    test('without a client of S3, and a bad token without one of SQS', async () => {
      await crc('crc_token={');
      assert.deepEqual(receiver.clients, { sqs: 0, s3: 0 });
      await crc(`crc_token=${token}`);
      assert.deepEqual(receiver.clients, { sqs: 1, s3: 0 });
    });
  });

  describe('accepts and queues', () => {
    for (const [what, headers, scheme] of [
      ['the consumer secret', signed(text, { legacy: 'consumer' }), 'legacy'],
      ['the client secret', signed(text, { oauth2: 'client' }), 'oauth2'],
      ['both', signed(text, { legacy: 'consumer', oauth2: 'client' }), 'oauth2'],
      [
        'the right consumer secret and a wrong client secret',
        signed(text, { legacy: 'consumer', oauth2: 'x' }),
        'legacy',
      ],
      [
        'the right client secret and a wrong consumer secret',
        signed(text, { legacy: 'x', oauth2: 'client' }),
        'oauth2',
      ],
    ] as const) {
      test(`what is signed with ${what}`, async () => {
        assert.equal(await status({ headers, body: text }), 200);
        const receivedAt = '2026-11-21T10:00:00.000Z';
        assert.deepEqual(await takeDeliveries(emulators), [
          { app: 'default', receivedAt, scheme, traceId: 'request-1', body: Buffer.from(text) },
        ]);
      });
    }

    const oauth2 = (body: string | Uint8Array) => signed(body, { oauth2: 'client' });
    const multibyte = '{"text":"Grüße, 日本, \u{1F600}"}';
    const notUtf8 = Uint8Array.of(0x7b, 0xff, 0x00, 0x7d);
    const large = Buffer.from(`{"text":"${'x'.repeat(4_000_000)}"}`);
    for (const [what, request, body] of [
      ['JSON with a charset', { headers: { 'content-type': 'application/json; charset=utf-8' }, body: text }, text],
      ['header names in capitals', { headers: { 'CONTENT-TYPE': 'application/json' }, body: text }, text],
      ['a body without a content type', { body: text }, text],
      ['a body as base64', base64(Buffer.from(text)), text],
      ['text of many bytes', { body: multibyte }, multibyte],
      ['text of many bytes as base64', base64(Buffer.from(multibyte)), multibyte],
      ['nothing', {}, ''],
      ['what is not JSON', { body: 'this is { no JSON' }, 'this is { no JSON'],
      ['bytes that are not UTF-8', base64(notUtf8), notUtf8],
      ['characters that SQS refuses', { body: '{"text":"\u0001\uFFFF"}' }, '{"text":"\u0001\uFFFF"}'],
      ['a body of 4 MB', { body: large.toString() }, large],
    ] as const) {
      test(`${what}, byte for byte`, async () => {
        const headers = 'headers' in request ? request.headers : {};
        assert.equal(await status({ ...request, headers: { ...headers, ...oauth2(body) } }), 200);
        const [delivery, ...others] = await takeDeliveries(emulators);
        assert.ok(delivery?.body.equals(Buffer.from(body)));
        assert.deepEqual(others, []);
      });
    }

    test('whatever the case of the header names', async () => {
      const capitals = { 'X-Twitter-Webhooks-Signature': sign('consumer', Buffer.from(text)) };
      assert.equal(await status({ headers: capitals, body: text }), 200);
    });

    test('for the app that its path names, by that app’s secrets alone', async () => {
      const headers = signed(text, { legacy: 'shop-consumer' });
      assert.equal(await status({ headers, body: text }), 401);
      assert.equal(await status({ app: 'shop', headers, body: text }), 200);
      assert.deepEqual(
        (await takeDeliveries(emulators)).map(({ app }) => app),
        ['shop'],
      );
    });
  });

  describe('refuses with 401', () => {
    const right = sign('consumer', Buffer.from(text));
    const header = (value: string) => ({ headers: { [signatureHeaders.legacy]: value }, body: text });
    const requests = {
      'no signature': { body: text },
      'a wrong one': header(sign('another', Buffer.from(text))),
      'one that is too short': header(right.slice(0, -5)),
      'one that is not base64': header(`sha256=${'!'.repeat(44)}`),
      'one under the other header': { headers: { [signatureHeaders.oauth2]: right }, body: text },
      'one of another body': { ...header(right), body: `${text} ` },
      'one that the CRC can give': { headers: signed(token, { oauth2: 'client' }), body: token },
    };
    for (const [what, request] of Object.entries(requests)) {
      test(what, async () => assert.equal(await status(request), 401));
    }

    test('in the same words whatever the reason, queueing nothing and making no client', async () => {
      const answers = await Promise.all(Object.values(requests).map(post));
      assert.equal(new Set(answers.map((answer) => JSON.stringify(answer))).size, 1);
      assert.deepEqual(receiver.clients, { sqs: 0, s3: 0 });
      assert.deepEqual(await takeDeliveries(emulators), []);
    });

    test('a flood, at no call of SQS and next to none of Secrets Manager', async () => {
      const sentBefore = emulators.faults.sqs.count('SendMessage');
      const askedBefore = emulators.faults.secretsManager.count('GetSecretValue');
      for (let i = 0; i < 1_000; i += 1) {
        time.now += 10;
        await post(header(sign('another', Buffer.from(text))));
        await post({ body: text });
      }
      assert.equal(emulators.faults.sqs.count('SendMessage'), sentBefore);
      const asked = emulators.faults.secretsManager.count('GetSecretValue') - askedBefore;
      assert.ok(asked >= 2 && asked <= 3, `ten seconds allow one question each five, not ${asked}`);
    });
  });

  describe('knows', () => {
    test('no other app', async () => {
      for (const app of ['other', '', '__proto__', 'constructor']) {
        assert.equal(await status({ app, headers: signed(text, { legacy: 'consumer' }), body: text }), 404);
        assert.equal(await status({ app, method: 'GET', query: `crc_token=${token}` }), 404);
      }
    });

    test('no other method', async () => {
      for (const method of ['HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
        const { statusCode, headers } = await receiver.request({ method, body: text });
        assert.deepEqual([statusCode, headers?.allow], [405, 'GET, POST']);
      }
    });

    test('one form of answer: JSON that nobody keeps', async () => {
      const answers = [
        await receiver.request({ method: 'GET', query: `crc_token=${token}` }),
        await receiver.request({ method: 'GET' }),
        await receiver.request({ method: 'PUT' }),
        await receiver.request({ app: 'other' }),
        await post({ headers: signed(text, { legacy: 'consumer' }), body: text }),
        await post({ body: text }),
      ];
      assert.deepEqual(
        answers.map(({ statusCode }) => statusCode),
        [200, 400, 405, 404, 200, 401],
      );
      for (const { headers, body = '' } of answers) {
        assert.equal(headers?.['content-type'], 'application/json');
        assert.equal(headers?.['cache-control'], 'no-store');
        assert.equal(typeof JSON.parse(body), 'object');
      }
    });
  });
});
