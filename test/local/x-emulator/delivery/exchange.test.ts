import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { test } from 'node:test';
import { createExchanger } from '../../../../local/x-emulator/delivery/exchange.ts';

/** Answers the first request on each connection, and breaks the connection at the second. */
async function startForgetfulServer() {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    let requests = 0;
    socket.on('error', () => {});
    socket.on('data', () => {
      requests += 1;
      if (requests === 1) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nok');
      else socket.resetAndDestroy();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return { server, sockets, url: `http://127.0.0.1:${address.port}/` };
}

test('a kept connection that turns out broken is replaced by a fresh one', async (t) => {
  const { server, sockets, url } = await startForgetfulServer();
  const exchanger = createExchanger(() => AbortSignal.timeout(60_000), new AbortController().signal);
  t.after(() => {
    exchanger.close();
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const ok = { kind: 'answered', status: 200, body: 'ok' };

  assert.deepEqual(await exchanger.exchange({ method: 'GET', url, headers: {} }), ok);
  assert.deepEqual(await exchanger.exchange({ method: 'GET', url, headers: {} }), ok);
  assert.equal(sockets.length, 2);
});

test('a server that speaks no TLS, behind an https URL, is a TLS failure', async (t) => {
  const { server, sockets, url } = await startForgetfulServer();
  const exchanger = createExchanger(() => AbortSignal.timeout(60_000), new AbortController().signal);
  t.after(() => {
    exchanger.close();
    server.close();
    for (const socket of sockets) socket.destroy();
  });

  const outcome = await exchanger.exchange({ method: 'GET', url: url.replace('http:', 'https:'), headers: {} });

  assert.deepEqual(outcome, { kind: 'failed', failure: 'tls' });
});
