import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { CreateTableCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { AdjustableClock } from '../../local/clock/adjustable-clock.ts';
import { type EmbeddedAws, startEmbeddedAws } from '../../local/embedded-aws.ts';
import { sdkConfig } from '../../local/sdk-config.ts';
import { queueUrl } from '../../local/sqs-s3.ts';
import { makeTemporaryDirectory, type TemporaryDirectory } from '../../local/temporary-directory.ts';
import { createDynamoDbClient } from '../../shared/aws/clients/dynamodb.ts';
import { createSecretsManagerClient } from '../../shared/aws/clients/secrets-manager.ts';
import { createSqsClient } from '../../shared/aws/clients/sqs.ts';

const once = { maxAttempts: 1 };

describe('a part of AWS that was stopped and started again', () => {
  let aws: EmbeddedAws;
  let directory: TemporaryDirectory;
  before(async () => {
    directory = await makeTemporaryDirectory();
    aws = await startEmbeddedAws({ clock: new AdjustableClock(), dataDir: directory.path });
  });
  after(async () => {
    await aws.close();
    await directory.remove();
  });

  test('has its items, and answers nobody meanwhile', async () => {
    const client = createDynamoDbClient({ ...sdkConfig(aws.endpoints.dynamodb), ...once });
    const Item = { id: { S: '1' } };
    await client.send(
      new CreateTableCommand({
        TableName: 'kept',
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      }),
    );
    await client.send(new PutItemCommand({ TableName: 'kept', Item }));

    await aws.parts.dynamodb.stop();
    await assert.rejects(client.send(new GetItemCommand({ TableName: 'kept', Key: Item })));
    await aws.parts.dynamodb.start();

    assert.deepEqual((await client.send(new GetItemCommand({ TableName: 'kept', Key: Item }))).Item, Item);
    client.destroy();
  });

  test('has its messages, and answers nobody meanwhile', async () => {
    const client = createSqsClient({ ...sdkConfig(aws.endpoints.sqs), ...once });
    const QueueUrl = queueUrl(aws.endpoints.sqs, 'kept');
    await client.send(new CreateQueueCommand({ QueueName: 'kept' }));
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' }));

    await aws.parts.sqsAndS3.stop();
    await assert.rejects(client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'b' })));
    await aws.parts.sqsAndS3.start();

    const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    assert.deepEqual(
      Messages.map(({ Body }) => Body),
      ['a'],
    );
    client.destroy();
  });

  test('has its secrets, and answers nobody meanwhile', async () => {
    const client = createSecretsManagerClient({ ...sdkConfig(aws.endpoints.secretsManager), ...once });
    const get = new GetSecretValueCommand({ SecretId: aws.secrets.put('kept', 'a') });

    await aws.parts.secretsManager.stop();
    await assert.rejects(client.send(get));
    await aws.parts.secretsManager.start();

    assert.equal((await client.send(get)).SecretString, 'a');
    client.destroy();
  });
});
