import { member } from '../../shared/domain/json.ts';
import { physicalName } from './names.ts';
import { propertiesOf } from './properties.ts';
import { entries, type Template } from './read-template.ts';
import type { Scope } from './resolve.ts';

export interface KeySpec {
  readonly AttributeName: string;
  readonly KeyType: 'HASH' | 'RANGE';
}

export interface IndexSpec {
  readonly IndexName: string;
  readonly KeySchema: readonly KeySpec[];
  readonly Projection: {
    readonly ProjectionType: 'ALL' | 'KEYS_ONLY' | 'INCLUDE';
    readonly NonKeyAttributes: readonly string[];
  };
}

export interface TableSpec {
  readonly name: string;
  readonly keys: readonly KeySpec[];
  readonly attributes: readonly { readonly AttributeName: string; readonly AttributeType: 'S' | 'N' | 'B' }[];
  readonly indexes: readonly IndexSpec[];
  readonly expiresAtAttribute: string | undefined;
}

export interface QueueSpec {
  readonly name: string;
  /** As CreateQueue takes them. */
  readonly attributes: Readonly<Record<string, string>>;
}

const keySchema = (value: unknown): readonly KeySpec[] =>
  entries(value).map((key) => ({
    AttributeName: String(key.AttributeName),
    KeyType: key.KeyType === 'HASH' ? 'HASH' : 'RANGE',
  }));

const attributeTypes = { S: 'S', N: 'N', B: 'B' } as const;
const projectionTypes = { ALL: 'ALL', KEYS_ONLY: 'KEYS_ONLY', INCLUDE: 'INCLUDE' } as const;
const oneOf = <T extends string>(known: Readonly<Record<string, T>>, value: unknown, otherwise: T): T =>
  known[String(value)] ?? otherwise;

export function readTables(template: Template, scope: Scope): readonly TableSpec[] {
  return propertiesOf(template, 'AWS::DynamoDB::GlobalTable', scope, {
    played: ['AttributeDefinitions', 'BillingMode', 'GlobalSecondaryIndexes', 'KeySchema', 'TimeToLiveSpecification'],
    // Nothing here reads a table's stream, and dynoxide 1.2.1 writes one the slower the longer it is: a tenth of the puts after 2,000.
    without: ['Replicas', 'SSESpecification', 'StreamSpecification'],
  }).map((properties) => {
    properties.only('BillingMode', 'PAY_PER_REQUEST');
    const expires = properties.any('TimeToLiveSpecification');
    return {
      name: physicalName(template.stackName, properties.resource),
      keys: keySchema(properties.any('KeySchema')),
      attributes: entries(properties.any('AttributeDefinitions')).map((attribute) => ({
        AttributeName: String(attribute.AttributeName),
        AttributeType: oneOf(attributeTypes, attribute.AttributeType, 'S'),
      })),
      indexes: entries(properties.any('GlobalSecondaryIndexes')).map((index) => ({
        IndexName: String(index.IndexName),
        KeySchema: keySchema(index.KeySchema),
        Projection: {
          ProjectionType: oneOf(projectionTypes, member(index, 'Projection', 'ProjectionType'), 'ALL'),
          NonKeyAttributes: strings(member(index, 'Projection', 'NonKeyAttributes')),
        },
      })),
      expiresAtAttribute: member(expires, 'Enabled') === true ? String(member(expires, 'AttributeName')) : undefined,
    };
  });
}

const strings = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

const queueAttributes = [
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'RedrivePolicy',
  'VisibilityTimeout',
];

export function readQueues(template: Template, scope: Scope): readonly QueueSpec[] {
  return propertiesOf(template, 'AWS::SQS::Queue', scope, {
    played: queueAttributes,
    without: ['SqsManagedSseEnabled'],
  }).map((properties) => ({
    name: physicalName(template.stackName, properties.resource),
    attributes: Object.fromEntries(
      queueAttributes.flatMap((name) => {
        const value = properties.any(name);
        if (value === undefined) return [];
        return [[name, typeof value === 'object' ? JSON.stringify(value) : String(value)]];
      }),
    ),
  }));
}

export function readBuckets(template: Template, scope: Scope): readonly string[] {
  return propertiesOf(template, 'AWS::S3::Bucket', scope, {
    played: [],
    // Expiry and old versions are S3's own business, in days.
    without: [
      'BucketEncryption',
      'LifecycleConfiguration',
      'OwnershipControls',
      'PublicAccessBlockConfiguration',
      'VersioningConfiguration',
    ],
  }).map(({ resource }) => physicalName(template.stackName, resource));
}

/** Their names. A secret with a value in the template is refused: none may be there. */
export function readSecrets(template: Template, scope: Scope): readonly string[] {
  return propertiesOf(template, 'AWS::SecretsManager::Secret', scope, {
    played: [],
    without: ['Description'],
  }).map(({ resource }) => physicalName(template.stackName, resource));
}
