import { join } from 'node:path';
import type { AdjustableClock } from './clock/adjustable-clock.ts';
import { type CloudWatch, startCloudWatch } from './cloudwatch/index.ts';
import { startDynamoDb } from './dynamodb.ts';
import { type FaultProxy, type ProxiedCall, startFaultProxy } from './fault-proxy.ts';
import { type Stoppable, startRestartable } from './restartable.ts';
import { type SecretsManager, startSecretsManager } from './secrets-manager.ts';
import { type SqsAndS3, startSqsAndS3 } from './sqs-s3.ts';

const services = ['dynamodb', 'sqs', 's3', 'secretsManager', 'cloudwatch'] as const;
export type Service = (typeof services)[number];

export type Endpoints = Readonly<Record<Service, string>>;
export type Faults = Readonly<Record<Service, FaultProxy>>;
/** What can be taken away for a while: SQS and S3 are one server. */
export type StoppableParts = Readonly<Record<'dynamodb' | 'sqsAndS3' | 'secretsManager', Stoppable>>;

/** One that a function made. */
export interface AwsCall extends ProxiedCall {
  readonly service: Service;
}

export interface EmbeddedAwsOptions {
  readonly clock: AdjustableClock;
  /** Where everything stays between runs; without it nothing does. */
  readonly dataDir?: string;
  /** Puts a fault proxy between the functions and each service. */
  readonly faults?: boolean;
  /** Told of each call that came to an end at a service. Needs `faults`. */
  readonly onCall?: ((call: AwsCall) => void) | undefined;
}

export interface EmbeddedAws {
  readonly endpoints: Endpoints;
  /** The endpoints for functions: through the fault proxies where there are any. */
  readonly functionEndpoints: Endpoints;
  readonly faults: Faults | undefined;
  /** Without `dataDir` nothing is there when they come back. */
  readonly parts: StoppableParts;
  readonly secrets: SecretsManager;
  readonly cloudWatch: CloudWatch;
  readonly queues: Pick<SqsAndS3, 'oldestMessageSentAt'>;
  /** Resolves with a sentence when a part ended by itself. */
  readonly died: Promise<string>;
  close(): Promise<void>;
}

/** Starts the parts of AWS that the stack uses, on free ports of 127.0.0.1. */
export async function startEmbeddedAws(options: EmbeddedAwsOptions): Promise<EmbeddedAws> {
  const { clock, dataDir, faults = false, onCall } = options;
  const parts = new AsyncDisposableStack();
  const own = async <T extends { close(): Promise<void> }>(starting: Promise<T>): Promise<T> => {
    const part = await starting;
    parts.defer(() => part.close());
    return part;
  };
  const at = (name: string) => (dataDir === undefined ? {} : { dataDir: join(dataDir, name) });
  const starting = [
    own(startRestartable((port) => startDynamoDb({ port, ...at('dynamodb') }))),
    own(startRestartable((port) => startSqsAndS3({ clock, port, ...at('sqs-s3') }))),
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
    const proxies = faults ? await startFaultProxies(endpoints, own, onCall) : undefined;
    return {
      endpoints,
      functionEndpoints: proxies === undefined ? endpoints : mapServices((service) => proxies[service].url),
      faults: proxies,
      parts: { dynamodb, sqsAndS3, secretsManager: secrets },
      secrets,
      cloudWatch,
      queues: { oldestMessageSentAt: (queueName) => sqsAndS3.part.oldestMessageSentAt(queueName) },
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
  onCall: EmbeddedAwsOptions['onCall'],
): Promise<Faults> {
  const before = (service: Service) =>
    own(startFaultProxy(endpoints[service], onCall && ((call) => onCall({ ...call, service }))));
  const [dynamodb, sqs, s3, secretsManager, cloudwatch] = await Promise.all([
    before('dynamodb'),
    before('sqs'),
    before('s3'),
    before('secretsManager'),
    before('cloudwatch'),
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
