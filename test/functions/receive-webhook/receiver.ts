import { Logger } from '@aws-lambda-powertools/logger';
import { DeleteMessageCommand, type Message, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { createHandler } from '../../../functions/receive-webhook/handler.ts';
import { createClaimChecks } from '../../../shared/aws/claim-check.ts';
import { createS3Client } from '../../../shared/aws/clients/s3.ts';
import { createSecretsManagerClient } from '../../../shared/aws/clients/secrets-manager.ts';
import { createSqsClient } from '../../../shared/aws/clients/sqs.ts';
import { fromMessage } from '../../../shared/aws/delivery-message.ts';
import { createDeliveryQueue } from '../../../shared/aws/delivery-queue.ts';
import { createSecretSource } from '../../../shared/aws/secret-source.ts';
import type { Emulators } from '../../support/emulators.ts';
import { context, type HttpRequest, httpEvent } from './http-event.ts';

/** How long the receiver waits for AWS, in real milliseconds: by default longer than a busy machine ever takes. */
export interface Budgets {
  readonly queueMs?: number;
  readonly secretsMs?: number;
}

/** A fresh process of the receiver for the apps `default` and `shop`, on a clock that the test sets. */
export function startReceiver(
  emulators: Emulators,
  time: { now: number },
  { queueMs = 30_000, secretsMs = 30_000 }: Budgets = {},
) {
  const clock = { now: () => time.now };
  const clients = { sqs: 0, s3: 0 };
  const told: (readonly [app: string, status: number])[] = [];
  const client = createSecretsManagerClient({ ...emulators.secretsManager, maxAttempts: 1 });
  const secretOf = (app: string) =>
    [app, createSecretSource({ client, clock, secretId: app, budgetMs: secretsMs, onStale: () => {} })] as const;
  const handler = createHandler({
    clock,
    logger: new Logger({ logLevel: 'SILENT' }),
    tellAnswer: (app, status) => told.push([app, status]),
    secretsOf: new Map([secretOf('default'), secretOf('shop')]),
    queue: createDeliveryQueue({
      queueUrl: emulators.deliveriesQueueUrl,
      sendBudgetMs: queueMs,
      heartbeatBudgetMs: queueMs,
      createId: () => crypto.randomUUID(),
      createClient: () => {
        clients.sqs += 1;
        return createSqsClient({ ...emulators.sqs, maxAttempts: 1 });
      },
      openClaimChecks: async () => {
        clients.s3 += 1;
        const s3 = createS3Client({ ...emulators.s3, maxAttempts: 1 });
        return createClaimChecks({ client: s3, bucket: emulators.names.bucket, putBudgetMs: queueMs });
      },
    }),
  });
  return {
    /** How many clients were made. */
    clients,
    /** What became of each POST. */
    told,
    request: async (request: HttpRequest) => handler(httpEvent(request), context),
  };
}

/** The deliveries of `takeMessages`. */
export async function takeDeliveries(emulators: Emulators) {
  return (await takeMessages(emulators)).deliveries;
}

/** The heartbeats of `takeMessages`. */
export async function takeHeartbeats(emulators: Emulators) {
  return (await takeMessages(emulators)).heartbeats;
}

/** Takes everything out of the deliveries queue, bodies that lie in S3 included. */
async function takeMessages(emulators: Emulators) {
  const sqs = createSqsClient(emulators.sqs);
  const QueueUrl = emulators.deliveriesQueueUrl;
  const taken: Message[] = [];
  for (;;) {
    const receive = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] });
    const { Messages = [] } = await sqs.send(receive);
    if (Messages.length === 0) break;
    taken.push(...Messages);
    for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  }
  sqs.destroy();
  const messages = await Promise.all(taken.map((message) => readMessage(emulators, message)));
  return {
    deliveries: messages.flatMap((message) => ('body' in message ? [message] : [])),
    heartbeats: messages.flatMap((message) => ('proven' in message ? [message] : [])),
  };
}

async function readMessage(emulators: Emulators, { MessageId = '', Body = '', MessageAttributes = {} }: Message) {
  const attributes = Object.fromEntries(
    Object.entries(MessageAttributes).map(([name, { StringValue = '' }]) => [name, StringValue]),
  );
  const content = fromMessage({ messageId: MessageId, body: Body, attributes });
  if (content.kind === 'malformed') throw new Error(`The receiver sent a malformed message: ${content.detail}`);
  if (content.kind === 'heartbeat') return content.heartbeat;
  const { app, receivedAt } = content.delivery;
  const body = content.kind === 'delivery' ? content.delivery.body : await claimed(emulators, content.key);
  return { app, receivedAt, scheme: attributes.scheme, traceId: attributes.traceId, body: Buffer.from(body) };
}

async function claimed(emulators: Emulators, key: string): Promise<Uint8Array> {
  const client = createS3Client(emulators.s3);
  const body = await createClaimChecks({ client, bucket: emulators.names.bucket }).read(
    key,
    AbortSignal.timeout(60_000),
  );
  client.destroy();
  if (body === undefined) throw new Error(`The receiver left nothing under ${key}`);
  return body;
}
