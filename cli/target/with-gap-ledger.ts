import type { GapBook, WatchLedger } from '../../shared/watch-ports.ts';
import type { Target } from './target.ts';

/** Lends the target's ledger of gaps, and closes its connections however the use ends. */
export async function withGapLedger<T>(
  { outputs, clients, clock }: Target,
  use: (ledger: WatchLedger & GapBook) => Promise<T>,
): Promise<T> {
  // Loaded only now: the SDK takes longer to load than the rest of the program.
  const [{ createDynamoDbClient }, { createWatchLedger }] = await Promise.all([
    import('../../shared/aws/clients/dynamodb.ts'),
    import('../../shared/aws/watch-ledger.ts'),
  ]);
  const client = createDynamoDbClient(clients.dynamodb);
  try {
    // Only a finished gap expires, and only the watcher finishes one.
    return await use(createWatchLedger({ client, table: outputs.ledgerTable, clock, retentionDays: 0 }));
  } finally {
    client.destroy();
  }
}
