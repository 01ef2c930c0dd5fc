import { createDynamoDbClient } from '../shared/aws/clients/dynamodb.ts';
import { parseStackOutputs } from '../shared/aws/stack-outputs.ts';
import { createWatchLedger } from '../shared/aws/watch-ledger.ts';
import { createReader, type Reader } from '../shared/index.ts';
import type { GapBook, WatchLedger } from '../shared/watch-ports.ts';
import { sdkConfig } from './sdk-config.ts';
import type { LocalStack } from './stack.ts';

/** What a local stack has stored, past the fault proxies. */
export interface StackReaders {
  readonly reader: Reader;
  readonly ledger: WatchLedger & GapBook;
  close(): void;
}

export function openReaders({
  outputs,
  endpoints,
  clock,
}: Pick<LocalStack, 'outputs' | 'endpoints' | 'clock'>): StackReaders {
  const names = parseStackOutputs(outputs, 'The local stack');
  const dynamodb = sdkConfig(endpoints.dynamodb);
  const reader = createReader({ ...names, clients: { dynamodb, s3: sdkConfig(endpoints.s3) } });
  const client = createDynamoDbClient(dynamodb);
  return {
    reader,
    ledger: createWatchLedger({ client, table: names.ledgerTable, clock, retentionDays: 30 }),
    close() {
      reader.close();
      client.destroy();
    },
  };
}
