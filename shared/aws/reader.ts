import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import { loadOnce } from '../load-once.ts';
import { createDynamoDbClient } from './clients/dynamodb.ts';
import { createEventReader, type EventReader } from './event-reader.ts';
import { createLedgerReader, type LedgerReader } from './ledger-reader.ts';

/** The names are outputs of the stack. */
export interface ReaderSettings {
  readonly eventsTable: string;
  readonly carriedPostsTable: string;
  readonly ledgerTable: string;
  readonly bodiesBucket: string;
  /** Region, endpoint and credentials, where the standard environment variables and files shall not say them. */
  readonly clients?: { readonly dynamodb?: DynamoDBClientConfig; readonly s3?: S3ClientConfig };
}

export interface Reader extends Pick<LedgerReader, 'typeCounts' | 'lastDelivery'> {
  readonly events: EventReader;
  /** Closes its connections, which otherwise stay open for a while. */
  close(): void;
}

export function createReader({
  eventsTable,
  carriedPostsTable,
  ledgerTable,
  bodiesBucket,
  clients,
}: ReaderSettings): Reader {
  const client = createDynamoDbClient(clients?.dynamodb);
  const ledger = createLedgerReader(client, ledgerTable);
  const loadPayloadStore = loadOnce(async () => {
    const [s3, payloads] = await Promise.all([import('./clients/s3.ts'), import('./payload-store.ts')]);
    return payloads.createPayloadStore(s3.createS3Client(clients?.s3), bodiesBucket);
  });
  return {
    events: createEventReader({ client, eventsTable, carriedPostsTable, loadPayloadStore, days: ledger.days }),
    typeCounts: ledger.typeCounts,
    lastDelivery: ledger.lastDelivery,
    close: () => client.destroy(),
  };
}
