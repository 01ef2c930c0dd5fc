import type { ConsumedCapacity, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { sdkConfig } from '../../../local/sdk-config.ts';
import { createDynamoDbClient } from '../../../shared/aws/clients/dynamodb.ts';

export interface MeteredClient {
  readonly client: DynamoDBClient;
  /** Read units since the last time, as DynamoDB told them with each answer; index reads included. */
  takeUnits(): number;
}

/** A client whose every call asks what it consumed. */
export function createMeteredClient(endpoint: string): MeteredClient {
  const client = createDynamoDbClient(sdkConfig(endpoint));
  let units = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } });
      const { ConsumedCapacity: consumed }: { ConsumedCapacity?: ConsumedCapacity | readonly ConsumedCapacity[] } =
        Object(answer.output);
      const parts = consumed === undefined ? [] : [consumed].flat();
      for (const { CapacityUnits = 0 } of parts) units += CapacityUnits;
      return answer;
    },
    { step: 'initialize' },
  );
  return {
    client,
    takeUnits() {
      const taken = units;
      units = 0;
      return taken;
    },
  };
}
