import type { StreamLease, StreamSessions } from '../../shared/stream-ports.ts';
import type { Target } from './target.ts';

/** Lends what the target's ledger knows of X's stream, and closes its connections however the use ends. */
export async function withStreamLedger<T>(
  { outputs, clients }: Target,
  use: (ledger: { readonly lease: StreamLease; readonly sessions: StreamSessions }) => Promise<T>,
): Promise<T> {
  // Loaded only now: the SDK takes longer to load than the rest of the program.
  const [{ createDynamoDbClient }, { createStreamLease }, { createStreamSessions }] = await Promise.all([
    import('../../shared/aws/clients/dynamodb.ts'),
    import('../../shared/aws/stream-lease.ts'),
    import('../../shared/aws/stream-sessions.ts'),
  ]);
  const client = createDynamoDbClient(clients.dynamodb);
  const table = outputs.ledgerTable;
  try {
    // Only the reader writes sessions.
    const sessions = createStreamSessions({ client, table, retentionDays: 0 });
    return await use({ lease: createStreamLease(client, table), sessions });
  } finally {
    client.destroy();
  }
}
