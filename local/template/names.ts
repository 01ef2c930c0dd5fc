import { functionArn } from '../lambda/function-spec.ts';
import { queueUrl } from '../sqs-s3.ts';
import type { Resource, Template } from './read-template.ts';
import type { Scope } from './resolve.ts';

/** Where the parts of the local stack answer. Functions may be given others than people, with faults in between. */
export interface Places {
  readonly sqsEndpoint: string;
  /** `http://127.0.0.1:8787`. */
  readonly apiUrl: string;
  /** Creates the secret without a value when there is none. */
  readonly secretArn: (name: string) => string;
}

const accountId = '000000000000';
const region = 'us-east-1';

/** The physical name: the same on each start, so that data stays where it is. Buckets are lower case (S3's rule). */
export function physicalName(stackName: string, { logicalId, type }: Pick<Resource, 'logicalId' | 'type'>): string {
  const name = `${stackName}-${logicalId}`;
  return type === 'AWS::S3::Bucket' ? name.toLowerCase() : name;
}

const pseudoParameters: Readonly<Record<string, string>> = {
  'AWS::AccountId': accountId,
  'AWS::Partition': 'aws',
  'AWS::Region': region,
  'AWS::URLSuffix': 'amazonaws.com',
};

/** What the references of a template mean when its parts are at `places`. */
export function createScope({ stackName, resources }: Template, places: Places): Scope {
  const byId = new Map(resources.map((resource) => [resource.logicalId, resource]));

  const ref = (resource: Resource): string => {
    const name = physicalName(stackName, resource);
    if (resource.type === 'AWS::SQS::Queue') return queueUrl(places.sqsEndpoint, name);
    return resource.type === 'AWS::SecretsManager::Secret' ? places.secretArn(name) : name;
  };

  return {
    ref(name) {
      if (name === 'AWS::StackName') return stackName;
      const resource = byId.get(name);
      return pseudoParameters[name] ?? (resource === undefined ? undefined : ref(resource));
    },
    attribute(logicalId, attribute) {
      const resource = byId.get(logicalId);
      if (resource === undefined) return undefined;
      const name = physicalName(stackName, resource);
      if (attribute === 'Arn') return arnOf[resource.type]?.(name);
      if (attribute === 'QueueName') return name;
      // A function URL ends with a slash, an API's endpoint without one.
      if (attribute === 'FunctionUrl') return `${places.apiUrl}/`;
      return attribute === 'ApiEndpoint' ? places.apiUrl : undefined;
    },
  };
}

export const queueArn = (name: string) => `arn:aws:sqs:${region}:${accountId}:${name}`;

const arnOf: Readonly<Record<string, (name: string) => string>> = {
  'AWS::DynamoDB::GlobalTable': (name) => `arn:aws:dynamodb:${region}:${accountId}:table/${name}`,
  'AWS::Lambda::Function': functionArn,
  'AWS::Logs::LogGroup': (name) => `arn:aws:logs:${region}:${accountId}:log-group:${name}:*`,
  'AWS::S3::Bucket': (name) => `arn:aws:s3:::${name}`,
  'AWS::SQS::Queue': queueArn,
};
