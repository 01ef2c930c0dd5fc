import { createDynamoDbClient } from '../../../../shared/aws/clients/dynamodb.ts';
import { createSecretsManagerClient } from '../../../../shared/aws/clients/secrets-manager.ts';
import { createSqsClient } from '../../../../shared/aws/clients/sqs.ts';

// The clients that a reader needs.
const clients = [createDynamoDbClient(), createSecretsManagerClient(), createSqsClient()];

export const handler = async () => clients.length;
