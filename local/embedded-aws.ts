import { join } from 'node:path';
import type { AdjustableClock } from './clock/adjustable-clock.ts';
import { type CloudWatch, startCloudWatch } from './cloudwatch/index.ts';
import { startDynamoDb } from './dynamodb.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import { type SecretsManager, startSecretsManager } from './secrets-manager.ts';
import { type SqsAndS3, startSqsAndS3 } from './sqs-s3.ts';

const services = ['dynamodb', 'sqs', 's3', 'secretsManager', 'cloudwatch'] as const;
type Service = (typeof services)[number];

export type Endpoints = Readonly<Record<Service, string>>;
export type Faults = Readonly<Record<Service, FaultProxy>>;

export interface EmbeddedAwsOptions {
  readonly clock: AdjustableClock;
  /** Where everything stays between runs; without it nothing does. */
  readonly dataDir?: string;
  /** Puts a fault proxy between the functions and each service. */
  readonly faults?: boolean;
}

export interface EmbeddedAws {
  readonly endpoints: Endpoints;
  /** The endpoints for functions: through the fault proxies where there are any. */
  readonly functionEndpoints: Endpoints;
  readonly faults: Faults | undefined;
  readonly secrets: SecretsManager;
  readonly cloudWatch: CloudWatch;
  readonly queues: Pick<SqsAndS3, 'oldestMessageSentAt'>;
  /** Resolves with a sentence when a part ended by itself. */
  readonly died: Promise<string>;
  close(): Promise<void>;
}

/** Starts the parts of AWS that the stack uses, on free ports of 127.0.0.1. */
export async function startEmbeddedAws({ clock, dataDir, faults = false }: EmbeddedAwsOptions): Promise<EmbeddedAws> {
  const parts = new AsyncDisposableStack();
  const own = async <T extends { close(): Promise<void> }>(starting: Promise<T>): Promise<T> => {
    const part = await starting;
    parts.defer(() => part.close());
    return part;
  };
  const at = (name: string) => (dataDir === undefined ? {} : { dataDir: join(dataDir, name) });
  const starting = [
    own(startDynamoDb(at('dynamodb'))),
    own(startSqsAndS3({ clock, ...at('sqs-s3') })),
    own(startSecretsManager({ clock, ...at('secrets') })),
    own(startCloudWatch({ clock })),
  ] as const;
  try {
    const [dynamodb, sqsAndS3, secrets, cloudWatch] = await Promise.all(starting);
    const endpoints = {
      dynamodb: dynamodb.url,
      sqs: sqsAndS3.url,
      s3: sqsAndS3.url,
      secretsManager: secrets.url,
      cloudwatch: cloudWatch.url,
    };
    const proxies = faults ? await startFaultProxies(endpoints, own) : undefined;
    return {
      endpoints,
      functionEndpoints: proxies === undefined ? endpoints : mapServices((service) => proxies[service].url),
      faults: proxies,
      secrets,
      cloudWatch,
      queues: sqsAndS3,
      died: Promise.race([dynamodb.died, sqsAndS3.died]),
      close: () => parts.disposeAsync(),
    };
  } catch (error) {
    await Promise.allSettled(starting);
    await parts.disposeAsync();
    throw error;
  }
}

async function startFaultProxies(
  endpoints: Endpoints,
  own: (starting: Promise<FaultProxy>) => Promise<FaultProxy>,
): Promise<Faults> {
  const [dynamodb, sqs, s3, secretsManager, cloudwatch] = await Promise.all([
    own(startFaultProxy(endpoints.dynamodb)),
    own(startFaultProxy(endpoints.sqs)),
    own(startFaultProxy(endpoints.s3)),
    own(startFaultProxy(endpoints.secretsManager)),
    own(startFaultProxy(endpoints.cloudwatch)),
  ]);
  return { dynamodb, sqs, s3, secretsManager, cloudwatch };
}

const mapServices = (urlOf: (service: Service) => string): Endpoints => ({
  dynamodb: urlOf('dynamodb'),
  sqs: urlOf('sqs'),
  s3: urlOf('s3'),
  secretsManager: urlOf('secretsManager'),
  cloudwatch: urlOf('cloudwatch'),
});

/** How the SDK in a function finds the parts (docs: service-specific endpoints). */
export const endpointVariables = ({ dynamodb, sqs, s3, secretsManager, cloudwatch }: Endpoints) => ({
  AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
  AWS_ENDPOINT_URL_SQS: sqs,
  AWS_ENDPOINT_URL_S3: s3,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager,
  AWS_ENDPOINT_URL_CLOUDWATCH: cloudwatch,
});
