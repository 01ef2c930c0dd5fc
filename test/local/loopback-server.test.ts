import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { readBody } from '../../local/http-body.ts';
import { listenOnLoopback } from '../../local/loopback-server.ts';

test('a client that goes away in the middle of its request harms nobody', async (t) => {
  const reading = Promise.withResolvers<{ readonly body: Promise<Buffer> }>();
  const server = await listenOnLoopback(async (request, response) => {
    if (request.method === 'GET') {
      response.end('well');
      return;
    }
    const body = readBody(request);
    reading.resolve({ body });
    await body;
  });
  t.after(() => server.close());
  const client = connect(Number(new URL(server.url).port), '127.0.0.1');
  client.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf');
  const { body } = await reading.promise;
  client.destroy();
  await once(client, 'close');

  await assert.rejects(body, { code: 'ECONNRESET' });
  assert.equal(await (await fetch(server.url)).text(), 'well');
});
