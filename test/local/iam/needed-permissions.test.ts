import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { neededPermissions } from '../../../local/iam/needed-permissions.ts';
import { createPermissionRecord } from '../../../local/iam/permission-record.ts';

const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/ledger';

function call(service: 'dynamodb' | 'sqs' | 'secretsManager' | 'cloudwatch', operation: string, input: object) {
  const headers = {
    'x-amz-target': `Prefix.${operation}`,
    authorization: 'AWS4-HMAC-SHA256 Credential=Recorder1/20261122/x',
  };
  return {
    service,
    method: 'POST',
    url: '/',
    headers,
    body: Buffer.from(JSON.stringify(input)),
    status: 200,
    unheard: false,
  };
}

const s3 = (method: string, url: string, status: number) => ({
  ...call('sqs', '', {}),
  service: 's3' as const,
  method,
  url,
  status,
});

describe('what a call needs of its role', () => {
  test('names the table, or the index', () => {
    assert.deepEqual(neededPermissions(call('dynamodb', 'PutItem', { TableName: 'ledger' })), [
      { action: 'dynamodb:PutItem', resource: table },
    ]);
    assert.deepEqual(neededPermissions(call('dynamodb', 'Query', { TableName: 'ledger', IndexName: 'byTime' })), [
      { action: 'dynamodb:Query', resource: `${table}/index/byTime` },
    ]);
  });

  test('is of a transaction what each of its parts needs', () => {
    const TransactItems = [{ Put: { TableName: 'ledger' } }, { ConditionCheck: { TableName: 'ledger' } }];
    assert.deepEqual(neededPermissions(call('dynamodb', 'TransactWriteItems', { TransactItems })), [
      { action: 'dynamodb:PutItem', resource: table },
      { action: 'dynamodb:ConditionCheckItem', resource: table },
    ]);
  });

  test('is of a batch of messages what one of them needs', () => {
    const input = { QueueUrl: 'http://127.0.0.1:1/000000000000/deliveries' };
    assert.deepEqual(neededPermissions(call('sqs', 'SendMessageBatch', input)), [
      { action: 'sqs:SendMessage', resource: 'arn:aws:sqs:us-east-1:000000000000:deliveries' },
    ]);
  });

  test('names the secret as it was asked for, and for metrics nothing', () => {
    assert.deepEqual(neededPermissions(call('secretsManager', 'GetSecretValue', { SecretId: 'arn:a' })), [
      { action: 'secretsmanager:GetSecretValue', resource: 'arn:a' },
    ]);
    assert.deepEqual(neededPermissions(call('cloudwatch', 'GetMetricData', {})), [
      { action: 'cloudwatch:GetMetricData', resource: '*' },
    ]);
  });

  test('is for an object that is not there the listing, too', () => {
    const get = { action: 's3:GetObject', resource: 'arn:aws:s3:::bodies/deliveries/2026 1' };
    assert.deepEqual(neededPermissions(s3('GET', '/bodies/deliveries/2026%201?x-id=GetObject', 200)), [get]);
    assert.deepEqual(neededPermissions(s3('GET', '/bodies/deliveries/2026%201?x-id=GetObject', 404)), [
      get,
      { action: 's3:ListBucket', resource: 'arn:aws:s3:::bodies' },
    ]);
  });

  test('is unknown for what nobody has taught', () => {
    assert.throws(() => neededPermissions(call('dynamodb', 'BatchGetItem', { RequestItems: {} })), TypeError);
    assert.throws(() => neededPermissions(s3('PATCH', '/bodies/a', 200)), TypeError);
  });

  test('is recorded once for each function', () => {
    const record = createPermissionRecord();
    const put = call('dynamodb', 'PutItem', { TableName: 'ledger' });
    record.onCall(put);
    record.onCall(put);
    assert.deepEqual(record.needed(), [{ functionId: 'Recorder1', action: 'dynamodb:PutItem', resource: table }]);
  });
});
