import { createDynamoDbClient } from '../../shared/aws/clients/dynamodb.ts';
import { createS3Client } from '../../shared/aws/clients/s3.ts';
import { createSqsClient } from '../../shared/aws/clients/sqs.ts';
import { sdkConfig } from '../sdk-config.ts';
import type { StackModel } from '../template.ts';
import { createBuckets } from './buckets.ts';
import { createQueues } from './queues.ts';
import { createTables } from './tables.ts';

export interface DataEndpoints {
  readonly dynamodb: string;
  readonly sqs: string;
  readonly s3: string;
}

/** Creates tables, queues and buckets over AWS's own APIs, as the template has them. What is there already stays. */
export async function createResources(
  { tables, queues, buckets }: Pick<StackModel, 'tables' | 'queues' | 'buckets'>,
  endpoints: DataEndpoints,
): Promise<void> {
  const dynamodb = createDynamoDbClient(sdkConfig(endpoints.dynamodb));
  const sqs = createSqsClient(sdkConfig(endpoints.sqs));
  const s3 = createS3Client({ ...sdkConfig(endpoints.s3), forcePathStyle: true });
  try {
    await Promise.all([
      createTables(dynamodb, tables),
      createQueues(sqs, endpoints.sqs, queues),
      createBuckets(s3, buckets),
    ]);
  } finally {
    for (const client of [dynamodb, sqs, s3]) client.destroy();
  }
}
