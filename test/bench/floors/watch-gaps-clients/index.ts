import { createCloudWatchClient } from '../../../../shared/aws/clients/cloudwatch.ts';
import { createDynamoDbClient } from '../../../../shared/aws/clients/dynamodb.ts';
import { createSecretsManagerClient } from '../../../../shared/aws/clients/secrets-manager.ts';

// The clients that a tick needs.
const clients = [createCloudWatchClient(), createDynamoDbClient(), createSecretsManagerClient()];

export const handler = async () => clients.length;
