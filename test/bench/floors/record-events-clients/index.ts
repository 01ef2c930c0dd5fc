import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { createDynamoDbClient } from '../../../../shared/aws/clients/dynamodb.ts';

// The client that a first batch needs: an event is a put, what the ledger counts of it is an update.
const dynamodb = createDynamoDbClient();

export const handler = async () => {
  const Key = { pk: { S: 'bench' }, sk: { S: 'bench' } };
  await dynamodb.send(new PutItemCommand({ TableName: process.env.EVENTS_TABLE, Item: Key }));
  await dynamodb.send(new UpdateItemCommand({ TableName: process.env.LEDGER_TABLE, Key }));
  return { batchItemFailures: [] };
};
