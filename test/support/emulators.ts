import { CreateTableCommand, type CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import { startDynamoDb } from '../../local/dynamodb.ts';
import { type FaultProxy, startFaultProxy } from '../../local/fault-proxy.ts';
import { sdkConfig } from '../../local/sdk-config.ts';
import { type SecretsManager, startSecretsManager } from '../../local/secrets-manager.ts';
import { queueUrl, startSqsAndS3 } from '../../local/sqs-s3.ts';
import { createDynamoDbClient } from '../../shared/aws/clients/dynamodb.ts';
import { createS3Client } from '../../shared/aws/clients/s3.ts';
import { createSqsClient } from '../../shared/aws/clients/sqs.ts';
import { carriedPostsTable, eventsTable, ledgerTable } from '../../shared/aws/tables.ts';

export const clientConfig = sdkConfig;

export type ClientConfig = ReturnType<typeof clientConfig>;

export interface Emulators {
  /** Configs of SDK clients. They go through the fault proxies. */
  readonly dynamodb: ClientConfig;
  readonly sqs: ClientConfig;
  readonly s3: ClientConfig & { readonly forcePathStyle: true };
  readonly secretsManager: ClientConfig;
  readonly names: typeof names;
  readonly deliveriesQueueUrl: string;
  readonly deadLetterQueueUrl: string;
  /** How a test makes AWS fail; without rules they pass everything on. */
  readonly faults: Readonly<Record<'dynamodb' | 'sqs' | 's3' | 'secretsManager', FaultProxy>>;
  /** Puts secrets into Secrets Manager without a client. */
  readonly secrets: SecretsManager;
  close(): Promise<void>;
}

const names = {
  eventsTable: 'test-events',
  carriedPostsTable: 'test-carried-posts',
  ledgerTable: 'test-ledger',
  bucket: 'test-bodies',
  deliveriesQueue: 'test-deliveries',
  deadLetterQueue: 'test-dead-letters',
} as const;

/** Starts the embedded AWS parts on free ports, with the stack's tables, queues and bucket, all empty. Close them after use. */
export async function startEmulators(): Promise<Emulators> {
  const [dynamodb, sqsAndS3, secrets] = await Promise.all([startDynamoDb(), startSqsAndS3(), startSecretsManager()]);
  const [dynamodbFaults, sqsFaults, s3Faults, secretsFaults] = await Promise.all([
    startFaultProxy(dynamodb.url),
    startFaultProxy(sqsAndS3.url),
    startFaultProxy(sqsAndS3.url),
    startFaultProxy(secrets.url),
  ]);
  const own = ownCredentials();
  const all = [dynamodbFaults, sqsFaults, s3Faults, secretsFaults, dynamodb, sqsAndS3, secrets];
  try {
    const tables = createTables({ ...clientConfig(dynamodb.url), ...own });
    await Promise.all([tables, createQueues(sqsAndS3.url), createBucket(sqsAndS3.url)]);
  } catch (error) {
    await Promise.all(all.map((part) => part.close()));
    throw error;
  }

  return {
    dynamodb: { ...clientConfig(dynamodbFaults.url), ...own },
    sqs: clientConfig(sqsFaults.url),
    s3: { ...clientConfig(s3Faults.url), forcePathStyle: true },
    secretsManager: clientConfig(secretsFaults.url),
    names,
    deliveriesQueueUrl: queueUrl(sqsFaults.url, names.deliveriesQueue),
    deadLetterQueueUrl: queueUrl(sqsFaults.url, names.deadLetterQueue),
    faults: { dynamodb: dynamodbFaults, sqs: sqsFaults, s3: s3Faults, secretsManager: secretsFaults },
    secrets,
    async close() {
      await Promise.all(all.map((part) => part.close()));
    },
  };
}

/** AWS's DynamoDB Local keeps the tables of each access key apart, so that tests can share one. It takes letters and digits. */
function ownCredentials(): Pick<ClientConfig, 'credentials'> {
  return { credentials: { accessKeyId: crypto.randomUUID().replaceAll('-', ''), secretAccessKey: 'local' } };
}

async function createTables(config: ClientConfig): Promise<void> {
  const client = createDynamoDbClient(config);
  const { byAccount, byTime } = eventsTable;
  const tables = [
    table(names.eventsTable, eventsTable, [byAccount, byTime]),
    table(names.carriedPostsTable, carriedPostsTable),
    table(names.ledgerTable, ledgerTable),
  ];
  await Promise.all(tables.map((input) => client.send(new CreateTableCommand(input))));
  client.destroy();
}

interface Keys {
  readonly partitionKey: string;
  readonly sortKey: string;
}

interface Index extends Keys {
  readonly name: string;
  readonly include: readonly string[];
}

const schema = ({ partitionKey, sortKey }: Keys) => [
  { AttributeName: partitionKey, KeyType: 'HASH' as const },
  { AttributeName: sortKey, KeyType: 'RANGE' as const },
];

function table(name: string, keys: Keys, indexes: readonly Index[] = []): CreateTableCommandInput {
  const keyNames = new Set([keys, ...indexes].flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey]));
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: schema(keys),
    AttributeDefinitions: [...keyNames].map((key) => ({ AttributeName: key, AttributeType: 'S' })),
    ...(indexes.length === 0 ? {} : { GlobalSecondaryIndexes: indexes.map(index) }),
  };
}

const index = (spec: Index) => ({
  IndexName: spec.name,
  KeySchema: schema(spec),
  Projection: { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: [...spec.include] },
});

async function createQueues(endpoint: string): Promise<void> {
  const client = createSqsClient(clientConfig(endpoint));
  await Promise.all(
    [names.deliveriesQueue, names.deadLetterQueue].map((QueueName) =>
      client.send(new CreateQueueCommand({ QueueName, Attributes: { VisibilityTimeout: '30' } })),
    ),
  );
  client.destroy();
}

async function createBucket(endpoint: string): Promise<void> {
  const client = createS3Client({ ...clientConfig(endpoint), forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: names.bucket }));
  client.destroy();
}
