import type { Client } from '@xdevplatform/xdk';
import type { XConnections } from '../../stream-ports.ts';
import { ask } from './client.ts';

/** X lists a hundred at most; an app has two. */
const mostListed = 100;

/** `GET` and `DELETE /2/connections`: the app's streaming connections of every endpoint (openapi.json). */
export function createConnections(client: Client): XConnections {
  return {
    async list() {
      const answer = await ask(() =>
        client.connections.getConnectionHistory({
          status: 'active',
          maxResults: mostListed,
          connectionFields: ['id', 'endpoint_name', 'connected_at'],
        }),
      );
      if (!answer.ok) return undefined;
      return (answer.value.data ?? []).flatMap(({ id, endpointName, connectedAt }) => {
        const connectedAtMs = Date.parse(connectedAt ?? '');
        if (id === undefined) return [];
        return [{ id, endpoint: endpointName, connectedAtMs: Number.isNaN(connectedAtMs) ? undefined : connectedAtMs }];
      });
    },

    async end(ids) {
      const answer = await ask(() => client.connections.deleteByUuids({ uuids: [...ids] }));
      return answer.ok && (answer.value.data?.successfulKills ?? 0) > 0;
    },
  };
}
