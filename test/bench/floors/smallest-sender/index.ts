import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { createSqsClient } from '../../../../shared/aws/clients/sqs.ts';
import { queueClientConfig } from '../../../../shared/aws/delivery-queue.ts';

// The least that a webhook on SQS can do: it proves nothing, it names nothing, it sends the body on.
const client = createSqsClient(queueClientConfig);
const QueueUrl = process.env.QUEUE_URL;

export const handler = async ({ body = '' }: APIGatewayProxyEventV2) => {
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
  return { statusCode: 200 };
};
