import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Emulators, startEmulators } from '../support/emulators.ts';

/** A directory in which `gapless --local` finds a stack: emulators and the file that tells where they are. */
export interface LocalProject {
  readonly directory: string;
  readonly emulators: Emulators;
  close(): Promise<void>;
}

/** `appSecrets`: app → text of its secret. */
export async function startLocalProject(
  appSecrets: Readonly<Record<string, string>> = {},
  webhookUrl = 'http://127.0.0.1:1/webhooks/x',
): Promise<LocalProject> {
  const emulators = await startEmulators();
  const { names, dynamodb, sqs, s3, secretsManager, secrets } = emulators;
  const arns = Object.entries(appSecrets).map(([app, text]) => [app, secrets.put(`test/${app}`, text)]);
  const directory = await mkdtemp(join(tmpdir(), 'gapless-project-'));
  await mkdir(join(directory, '.gapless'));
  const stack = {
    webhookUrl,
    xApiUrl: 'http://127.0.0.1:1',
    dynamodbEndpoint: dynamodb.endpoint,
    sqsEndpoint: sqs.endpoint,
    s3Endpoint: s3.endpoint,
    secretsManagerEndpoint: secretsManager.endpoint,
    outputs: {
      WebhookUrl: webhookUrl,
      EventsTableName: names.eventsTable,
      CarriedPostsTableName: names.carriedPostsTable,
      LedgerTableName: names.ledgerTable,
      DeliveriesQueueUrl: emulators.deliveriesQueueUrl,
      DeadLetterQueueUrl: emulators.deadLetterQueueUrl,
      BodiesBucketName: names.bucket,
      AppSecretArns: JSON.stringify(Object.fromEntries(arns)),
    },
    pid: process.pid,
  };
  await writeFile(join(directory, '.gapless', 'local.json'), JSON.stringify(stack));
  return {
    directory,
    emulators,
    async close() {
      await emulators.close();
      await rm(directory, { recursive: true });
    },
  };
}
