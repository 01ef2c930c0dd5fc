import type { Target } from '../target/target.ts';

/** The keys of what was last applied for the app; `undefined`: nothing ever was. */
export async function readWanted({ clients, outputs }: Target, app: string): Promise<readonly string[] | undefined> {
  const [{ createDynamoDbClient }, { createWantedStore }] = await Promise.all([
    import('../../shared/aws/clients/dynamodb.ts'),
    import('../../shared/aws/wanted-subscriptions.ts'),
  ]);
  const client = createDynamoDbClient(clients.dynamodb);
  try {
    return await createWantedStore(client, outputs.ledgerTable).read(app);
  } finally {
    client.destroy();
  }
}
