import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { createSecretsManagerClient } from '../../../../shared/aws/clients/secrets-manager.ts';
import { createSqsClient } from '../../../../shared/aws/clients/sqs.ts';

// The two clients that a first delivery needs, and their two calls.
const secretsManager = createSecretsManagerClient();
const sqs = createSqsClient();

export const handler = async ({ body }: { readonly body: string }) => {
  await secretsManager.send(new GetSecretValueCommand({ SecretId: 'bench' }));
  await sqs.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: body }));
  return { statusCode: 200 };
};
