import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { startDynamoDb } from '../../local/dynamodb.ts';
import { sdkConfig } from '../../local/sdk-config.ts';
import { createDynamoDbClient } from '../../shared/aws/clients/dynamodb.ts';
import { listen } from '../cli/listen.ts';

test('an answer at its port is not taken for DynamoDB’s: somebody else may have the port', async () => {
  const somebodyElse = createServer((_, response) => response.end('{}'));
  const port = Number(new URL(await listen(somebodyElse)).port);
  try {
    await assert.rejects(startDynamoDb({ port }), { code: 'LOCAL_START_FAILED' });
  } finally {
    somebodyElse.close();
  }
});

test('it takes requests as soon as it is there', async () => {
  const dynamodb = await startDynamoDb();
  const client = createDynamoDbClient({ ...sdkConfig(dynamodb.url), maxAttempts: 1 });
  try {
    assert.deepEqual((await client.send(new ListTablesCommand({}))).TableNames, []);
  } finally {
    client.destroy();
    await dynamodb.close();
  }
});
