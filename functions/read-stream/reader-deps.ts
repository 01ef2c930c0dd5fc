import { randomUUID } from 'node:crypto';
import { createApiTokenStore } from '../../shared/aws/api-token-store.ts';
import { createDynamoDbClient } from '../../shared/aws/clients/dynamodb.ts';
import { createSecretsManagerClient } from '../../shared/aws/clients/secrets-manager.ts';
import { createSqsClient } from '../../shared/aws/clients/sqs.ts';
import { secretClientConfig } from '../../shared/aws/secret-source.ts';
import { createStreamLease, streamLedgerClientConfig } from '../../shared/aws/stream-lease.ts';
import { createStreamQueue, streamQueueClientConfig } from '../../shared/aws/stream-queue.ts';
import { createStreamSessions } from '../../shared/aws/stream-sessions.ts';
import type { Clock } from '../../shared/ports.ts';
import { realTimer } from '../../shared/real-timer.ts';
import type { XConnections } from '../../shared/stream-ports.ts';
import type { ReadStreamDeps } from '../../shared/use-cases/read-stream.ts';
import { createActivityStream } from '../../shared/x/api/activity-stream.ts';
import type { Settings } from './env.ts';

export type ReaderDeps = Omit<ReadStreamDeps, 'tell'>;

/** App → what its reader speaks to. The apps share everything but X, where each has its own token. */
export function createReaderDeps(
  settings: Settings,
  clock: Clock,
  onRefused: (reason: string) => void,
): ReadonlyMap<string, ReaderDeps> {
  const { xApiBaseUrl: baseUrl, ledgerTable: table, rules } = settings;
  const secrets = createSecretsManagerClient(secretClientConfig);
  const client = createDynamoDbClient(streamLedgerClientConfig);
  const shared = {
    clock,
    timer: realTimer,
    random: Math.random,
    createId: randomUUID,
    rules,
    lease: createStreamLease(client, table),
    sessions: createStreamSessions({ client, table, retentionDays: settings.ledgerRetentionDays }),
    queue: createStreamQueue({
      client: createSqsClient(streamQueueClientConfig),
      queueUrl: settings.queueUrl,
      openClaimChecks: async () => (await import('./claim-checks.ts')).openClaimChecks(settings.bodiesBucket),
      createId: randomUUID,
      onRefused,
    }),
  };
  return new Map(
    [...settings.apiTokenSecretArns].map(([app, secretId]) => {
      const tokens = createApiTokenStore(secrets, secretId);
      const readToken = async () => (await tokens.read()).keys.bearerToken;
      const stream = createActivityStream({ baseUrl, readToken });
      return [app, { ...shared, stream, connections: connectionsOf(baseUrl, readToken) }];
    }),
  );
}

function connectionsOf(baseUrl: string, readToken: () => Promise<string | undefined>): XConnections {
  const open = async () => {
    const token = await readToken();
    return token === undefined ? undefined : (await import('./connections.ts')).openConnections(baseUrl, token);
  };
  return {
    list: async () => (await open().catch(() => undefined))?.list(),
    end: async (ids) => (await (await open().catch(() => undefined))?.end(ids)) ?? false,
  };
}
