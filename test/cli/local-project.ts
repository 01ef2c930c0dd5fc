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

export interface XSide {
  readonly xApiUrl?: string;
  /** App → text of the secret with its credentials for X's API. */
  readonly apiTokens?: Readonly<Record<string, string>>;
  /** Beside the outputs that every stack has. */
  readonly outputs?: Readonly<Record<string, string>>;
  /** What else stands in local.json: a clock, say, or where CloudWatch is. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** In local.json: a clock that shows this for ever, so that no day ends during a test. */
export const standingClock = (atMs: number) => ({ realAt: 0, localAt: atMs, speed: 0 });

/** `appSecrets`: app → text of its secret. */
export async function startLocalProject(
  appSecrets: Readonly<Record<string, string>> = {},
  webhookUrl = 'http://127.0.0.1:1/webhooks/x',
  { xApiUrl = 'http://127.0.0.1:1', apiTokens = {}, outputs = {}, more = {} }: XSide = {},
): Promise<LocalProject> {
  const emulators = await startEmulators();
  const { names, dynamodb, sqs, s3, secretsManager, secrets } = emulators;
  const arns = Object.entries(appSecrets).map(([app, text]) => [app, secrets.put(`test/${app}`, text)]);
  const tokenArns = Object.keys(appSecrets).map((app) => {
    const text = apiTokens[app];
    const name = `test/${app}-tokens`;
    return [app, text === undefined ? secrets.ensure(name) : secrets.put(name, text)];
  });
  const directory = await mkdtemp(join(tmpdir(), 'gapless-project-'));
  await mkdir(join(directory, '.gapless'));
  const stack = {
    webhookUrl,
    xApiUrl,
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
      ApiTokenSecretArns: JSON.stringify(Object.fromEntries(tokenArns)),
      ...outputs,
    },
    pid: process.pid,
    ...more,
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
