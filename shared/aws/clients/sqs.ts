import { SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs';

/** Region, endpoint and credentials come from the standard environment variables unless given. */
export function createSqsClient(config: SQSClientConfig = {}): SQSClient {
  return new SQSClient(config);
}
