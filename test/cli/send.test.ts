import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { after, before, beforeEach, describe, test } from 'node:test';
import { sign } from '../../shared/x/signature.ts';
import { gapless } from './gapless-process.ts';
import { listen } from './listen.ts';

interface Received {
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const clientSecret = 'made-up-client-secret';
const consumerSecret = 'made-up-consumer-secret';
const env = { X_CLIENT_SECRET: clientSecret, X_CONSUMER_SECRET: consumerSecret };
/** Neither JSON nor UTF-8 throughout: what is signed and sent must be these bytes and not a reading of them. */
const body = Buffer.concat([Buffer.from('{ "text":"\\u00e9 \\/ é 1.0"}\r\n'), Buffer.from([0xff, 0x00])]);

describe('gapless send --url', () => {
  const received: Received[] = [];
  let answers: number[] = [];
  const server = createServer(async (request, response) => {
    received.push({ path: request.url, headers: request.headers, body: await buffer(request) });
    response.writeHead(answers.shift() ?? 200, { location: '/elsewhere' }).end('{}');
  });
  let directory = '';
  let url = '';

  before(async () => {
    url = `${await listen(server)}/webhooks/x`;
    directory = await mkdtemp(join(tmpdir(), 'gapless-send-'));
    await writeFile(join(directory, 'one.json'), body);
    await writeFile(join(directory, 'two.json'), '{}');
  });
  beforeEach(() => {
    received.length = 0;
    answers = [];
  });
  after(async () => {
    server.close();
    await rm(directory, { recursive: true });
  });

  const send = (args: readonly string[], options = {}) =>
    gapless(['send', '--url', url, ...args], { cwd: directory, env, ...options });

  test('delivers the exact bytes, signed with the client secret as X signs', async () => {
    const { code, out } = await send(['one.json']);

    assert.equal(code, 0);
    assert.equal(out, `200  one.json (${body.length} bytes, oauth2)\n`);
    const [{ path, headers, body: sent } = {}] = received;
    assert.equal(path, '/webhooks/x');
    assert.deepEqual(sent, body);
    assert.equal(headers?.['x-twitter-webhooks-signature-oauth2'], sign(clientSecret, body));
    assert.equal(headers?.['x-twitter-webhooks-signature'], undefined);
    assert.equal(headers?.['content-type'], 'application/json');
  });

  test('signs with the consumer secret for the legacy scheme, and when there is no other', async () => {
    await send(['--scheme', 'legacy', 'one.json']);
    await send(['one.json'], { env: { X_CONSUMER_SECRET: consumerSecret } });

    assert.equal(received.length, 2);
    for (const { headers } of received) {
      assert.equal(headers['x-twitter-webhooks-signature'], sign(consumerSecret, body));
      assert.equal(headers['x-twitter-webhooks-signature-oauth2'], undefined);
    }
  });

  test('takes a body from the input', async () => {
    const { code } = await send(['-'], { input: body });

    assert.equal(code, 0);
    assert.deepEqual(received[0]?.body, body);
  });

  test('delivers what it can, and fails when an answer was not 200', async () => {
    answers = [401, 200];

    const { code, out, notes } = await send(['one.json', 'two.json']);

    assert.equal(code, 1);
    assert.match(out, /^401 {2}one\.json .*\n200 {2}two\.json .*\n$/);
    assert.match(notes, /^gapless: 1 of 2 not accepted by /);
  });

  test('follows no redirect, as X follows none', async () => {
    answers = [307];

    const { code, out } = await send(['two.json']);

    assert.equal(code, 1);
    assert.match(out, /^307 {2}two\.json/);
    assert.equal(received.length, 1);
  });

  test('says why nobody answered', async () => {
    const closed = createServer();
    const address = await listen(closed);
    closed.close();

    const { code, out } = await gapless(['send', '--url', address, 'two.json'], { cwd: directory, env });

    assert.equal(code, 1);
    assert.match(out, /^unreachable: .*ECONNREFUSED.* {2}two\.json/);
  });

  test('sends nothing when one body cannot be read', async () => {
    const { code, notes } = await send(['one.json', 'three.json']);

    assert.equal(code, 1);
    assert.match(notes, /^gapless: Nothing was sent: three\.json cannot be read/);
    assert.equal(received.length, 0);
  });

  test('sends nothing in a dry run, and says what it would', async () => {
    const { code, out } = await send(['--dry-run', 'two.json']);

    assert.equal(code, 0);
    assert.equal(out, `would send two.json (2 bytes, oauth2) to ${url}\n`);
    assert.equal(received.length, 0);
  });

  test('never prints a secret', async () => {
    answers = [500];

    const { out, notes } = await send(['one.json']);

    assert.doesNotMatch(out + notes, /made-up/);
  });

  const wrong: Readonly<Record<string, readonly [args: readonly string[], env: Readonly<Record<string, string>>]>> = {
    'neither oauth2 nor legacy': [['--scheme', 'hmac', 'two.json'], env],
    'X_CLIENT_SECRET or X_CONSUMER_SECRET': [['two.json'], {}],
    'not set for this scheme': [['--scheme', 'oauth2', 'two.json'], { X_CONSUMER_SECRET: consumerSecret }],
    'is not an http or https address': [['--url', 'file:///etc/hosts', 'two.json'], env],
    'FILE… is missing': [[], env],
  };
  for (const [complaint, [args, environment]] of Object.entries(wrong)) {
    test(`is wrong usage: ${complaint}`, async () => {
      const { code, notes } = await send(args, { env: environment });

      assert.equal(code, 2);
      assert.match(notes, new RegExp(complaint));
      assert.equal(received.length, 0);
    });
  }
});
