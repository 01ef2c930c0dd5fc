import { randomUUID } from 'node:crypto';
import { Logger } from '@aws-lambda-powertools/logger';
import { createSecretsManagerClient } from '../../shared/aws/clients/secrets-manager.ts';
import { createSqsClient } from '../../shared/aws/clients/sqs.ts';
import { createDeliveryQueue, queueClientConfig } from '../../shared/aws/delivery-queue.ts';
import { createSecretSource, secretClientConfig } from '../../shared/aws/secret-source.ts';
import { answerLog } from './answer-log.ts';
import { parseEnv } from './env.ts';
import { createHandler } from './handler.ts';

const { secretArns, queueUrl, bodiesBucket, answerLog: kind } = parseEnv(process.env);
const clock = { now: () => Date.now() };
const logger = new Logger();
const client = createSecretsManagerClient(secretClientConfig);
const onStale = ({ code, message }: { code: string; message: string }) => logger.warn(message, { code });

export const handler = createHandler({
  clock,
  logger,
  secretsOf: new Map(
    [...secretArns].map(([app, secretId]) => [app, createSecretSource({ client, clock, secretId, onStale })]),
  ),
  queue: createDeliveryQueue({
    queueUrl,
    createClient: () => createSqsClient(queueClientConfig),
    openClaimChecks: async () => (await import('./claim-checks.ts')).openClaimChecks(bodiesBucket),
    createId: randomUUID,
  }),
  tellAnswer: answerLog(kind, (line) => process.stdout.write(line)),
});
