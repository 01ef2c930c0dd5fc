import type { XConnections } from '../../shared/stream-ports.ts';
import { createXClient } from '../../shared/x/api/client.ts';
import { createConnections } from '../../shared/x/api/connections.ts';

const timeoutMs = 8_000;

/** The entry of a chunk of its own, with X's SDK: X counts too many connections only after a reader was killed. */
export function openConnections(baseUrl: string, bearerToken: string): XConnections {
  return createConnections(createXClient({ baseUrl, bearerToken, timeoutMs }));
}
