import { list, member, text } from '../../shared/domain/json.ts';
import type { AwsCall } from '../embedded-aws.ts';
import { queueArn } from '../template/names.ts';

/** What IAM has to allow. */
export interface Permission {
  /** `dynamodb:PutItem`. */
  readonly action: string;
  /** An ARN, or `*` where the action knows no resources. */
  readonly resource: string;
}

/**
 * What a call needs of its caller's role (service authorization reference). Throws `TypeError` for a call that nobody
 * has taught it, so that none goes unseen.
 */
export function neededPermissions(
  call: Pick<AwsCall, 'service' | 'method' | 'url' | 'headers' | 'body' | 'status'>,
): readonly Permission[] {
  const { service, headers, body } = call;
  if (service === 's3') return s3Permissions(call);
  const operation = String(headers['x-amz-target']).split('.').at(-1) ?? '';
  const input: unknown = JSON.parse(body.toString() || '{}');
  switch (service) {
    case 'dynamodb':
      return dynamodbPermissions(operation, input);
    case 'sqs':
      // A batch is allowed by the permission of the single call.
      return [{ action: `sqs:${operation.replace(/Batch$/, '')}`, resource: queueArn(lastPart(input, 'QueueUrl')) }];
    case 'secretsManager':
      return [{ action: `secretsmanager:${operation}`, resource: text(member(input, 'SecretId')) ?? '' }];
    case 'cloudwatch':
      return [{ action: `cloudwatch:${operation}`, resource: '*' }];
  }
}

const lastPart = (input: unknown, name: string) => text(member(input, name))?.split('/').at(-1) ?? '';

function dynamodbPermissions(operation: string, input: unknown): readonly Permission[] {
  if (operation === 'TransactWriteItems') {
    return list(member(input, 'TransactItems')).flatMap((item) =>
      Object.entries(transactActions).flatMap(([name, action]) => {
        const table = text(member(item, name, 'TableName'));
        return table === undefined ? [] : [{ action, resource: tableArn(table) }];
      }),
    );
  }
  const table = text(member(input, 'TableName'));
  if (table === undefined) throw new TypeError(`${operation} names no single table: teach local/iam what it needs`);
  const index = text(member(input, 'IndexName'));
  const resource = index === undefined ? tableArn(table) : `${tableArn(table)}/index/${index}`;
  return [{ action: `dynamodb:${operation}`, resource }];
}

const tableArn = (name: string) => `arn:aws:dynamodb:us-east-1:000000000000:table/${name}`;
const transactActions = {
  ConditionCheck: 'dynamodb:ConditionCheckItem',
  Delete: 'dynamodb:DeleteItem',
  Put: 'dynamodb:PutItem',
  Update: 'dynamodb:UpdateItem',
} as const;

function s3Permissions({ method, url, status }: Pick<AwsCall, 'method' | 'url' | 'status'>): readonly Permission[] {
  const [, bucket = '', key] = /^\/([^/]+)(?:\/(.+))?$/.exec(new URL(url, 'http://s3').pathname) ?? [];
  const action = { GET: 's3:GetObject', HEAD: 's3:GetObject', PUT: 's3:PutObject', DELETE: 's3:DeleteObject' }[method];
  if (key === undefined || action === undefined)
    throw new TypeError(`S3 ${method} ${url}: teach local/iam what it needs`);
  const needed = { action, resource: `arn:aws:s3:::${bucket}/${decodeURIComponent(key)}` };
  // Without it S3 answers 403 for an object that is not there (S3 API reference, GetObject).
  const toHear404 = { action: 's3:ListBucket', resource: `arn:aws:s3:::${bucket}` };
  return status === 404 ? [needed, toHear404] : [needed];
}
