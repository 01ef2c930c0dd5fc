import {
  CreateTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import type { TableSpec } from '../template/data-resources.ts';

/** Creates the tables that are not there; those kept from an earlier run stay as they are. */
export async function createTables(client: DynamoDBClient, tables: readonly TableSpec[]): Promise<void> {
  await Promise.all(tables.map((table) => createTable(client, table)));
}

async function createTable(client: DynamoDBClient, table: TableSpec): Promise<void> {
  const { name, keys, attributes, indexes, expiresAtAttribute } = table;
  try {
    await client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [...keys],
        AttributeDefinitions: [...attributes],
        ...(indexes.length === 0 ? {} : { GlobalSecondaryIndexes: indexes.map(toIndex) }),
      }),
    );
  } catch (error) {
    if (error instanceof ResourceInUseException) return;
    throw error;
  }
  if (expiresAtAttribute === undefined) return;
  const TimeToLiveSpecification = { AttributeName: expiresAtAttribute, Enabled: true };
  await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification }));
}

const toIndex = ({ IndexName, KeySchema, Projection }: TableSpec['indexes'][number]) => ({
  IndexName,
  KeySchema: [...KeySchema],
  Projection: {
    ProjectionType: Projection.ProjectionType,
    ...(Projection.NonKeyAttributes.length === 0 ? {} : { NonKeyAttributes: [...Projection.NonKeyAttributes] }),
  },
});
