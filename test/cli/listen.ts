import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Server } from 'node:http';

/** Starts the server on a free port of this machine and says where it is. */
export async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  return `http://127.0.0.1:${address.port}`;
}
