import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { createDynamoDbClient } from '../../shared/aws/clients/dynamodb.ts';
import { createS3Client } from '../../shared/aws/clients/s3.ts';
import { createSecretsManagerClient } from '../../shared/aws/clients/secrets-manager.ts';
import { createSqsClient } from '../../shared/aws/clients/sqs.ts';
import { type Emulators, startEmulators } from '../support/emulators.ts';

describe('the embedded AWS parts', () => {
  let aws: Emulators;
  before(async () => {
    aws = await startEmulators();
  });
  after(() => aws.close());

  test('store an item once under a condition and find it by an index', async () => {
    const client = createDynamoDbClient(aws.dynamodb);
    const item = { subjectId: '1', eventId: 'a:1', accountShard: '7#0', position: 'p', type: 'post.create' };
    const put = new PutItemCommand({
      TableName: aws.names.eventsTable,
      Item: Object.fromEntries(Object.entries(item).map(([name, value]) => [name, { S: value }])),
      ConditionExpression: 'attribute_not_exists(subjectId)',
    });
    await client.send(put);

    await assert.rejects(client.send(put), { name: 'ConditionalCheckFailedException' });

    const found = await client.send(
      new QueryCommand({
        TableName: aws.names.eventsTable,
        IndexName: 'byAccount',
        KeyConditionExpression: 'accountShard = :a',
        ExpressionAttributeValues: { ':a': { S: '7#0' } },
      }),
    );
    assert.equal(found.Items?.[0]?.eventId?.S, 'a:1');
    client.destroy();
  });

  test('carry a message with its attributes', async () => {
    const client = createSqsClient(aws.sqs);
    await client.send(
      new SendMessageCommand({
        QueueUrl: aws.deliveriesQueueUrl,
        MessageBody: '{"a":1.0}',
        MessageAttributes: { app: { DataType: 'String', StringValue: 'default' } },
      }),
    );
    const { Messages } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: aws.deliveriesQueueUrl,
        WaitTimeSeconds: 5,
        MessageAttributeNames: ['All'],
      }),
    );
    assert.equal(Messages?.[0]?.Body, '{"a":1.0}');
    assert.equal(Messages?.[0]?.MessageAttributes?.app?.StringValue, 'default');
    client.destroy();
  });

  test('keep an object', async () => {
    const client = createS3Client(aws.s3);
    const where = { Bucket: aws.names.bucket, Key: 'deliveries/2026-11-21/x' };
    await client.send(new PutObjectCommand({ ...where, Body: Buffer.from([0, 255, 10]) }));
    const { Body } = await client.send(new GetObjectCommand(where));
    assert.deepEqual(await Body?.transformToByteArray(), new Uint8Array([0, 255, 10]));
    client.destroy();
  });

  test('tell a missing secret, a secret without a value, and a value apart', async () => {
    const client = createSecretsManagerClient(aws.secretsManager);
    const get = new GetSecretValueCommand({ SecretId: 'app/x' });
    await assert.rejects(client.send(get), {
      name: 'ResourceNotFoundException',
      message: "Secrets Manager can't find the specified secret.",
    });

    const arn = aws.secrets.ensure('app/x');
    await assert.rejects(client.send(get), {
      name: 'ResourceNotFoundException',
      message: /for staging label: AWSCURRENT/,
    });

    await client.send(new PutSecretValueCommand({ SecretId: arn, SecretString: 'one' }));
    await client.send(new PutSecretValueCommand({ SecretId: arn, SecretString: 'two' }));
    assert.equal((await client.send(get)).SecretString, 'two');
    const previous = new GetSecretValueCommand({ SecretId: 'app/x', VersionStage: 'AWSPREVIOUS' });
    assert.equal((await client.send(previous)).SecretString, 'one');
    client.destroy();
  });

  test('fail as often as they are told, and only where they are told', async () => {
    const client = createSqsClient({ ...aws.sqs, maxAttempts: 1 });
    const send = new SendMessageCommand({ QueueUrl: aws.deliveriesQueueUrl, MessageBody: 'hello' });
    const body = JSON.stringify({ __type: 'com.amazonaws.sqs#ServiceUnavailable', message: 'told to' });
    const remove = aws.faults.sqs.add({ target: 'SendMessage', times: 1, respond: { status: 503, body } });

    await assert.rejects(client.send(send), { name: 'ServiceUnavailable' });
    await client.send(send);
    remove();
    const removeDrop = aws.faults.sqs.add({ bodyIncludes: 'hello', respond: 'drop' });
    await assert.rejects(client.send(send), { code: 'ECONNRESET' });
    removeDrop();
    await client.send(send);
    client.destroy();
  });
});
