import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { PurgeQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { AdjustableClock } from '../../../../local/clock/adjustable-clock.ts';
import { createClaimChecks } from '../../../../shared/aws/claim-check.ts';
import { createDynamoDbClient } from '../../../../shared/aws/clients/dynamodb.ts';
import { createS3Client } from '../../../../shared/aws/clients/s3.ts';
import { createSqsClient } from '../../../../shared/aws/clients/sqs.ts';
import { createStreamLease } from '../../../../shared/aws/stream-lease.ts';
import { createStreamQueue } from '../../../../shared/aws/stream-queue.ts';
import { createStreamSessions } from '../../../../shared/aws/stream-sessions.ts';
import { defaultStreamRules, type StreamRules } from '../../../../shared/domain/stream/stream-rules.ts';
import { realTimer } from '../../../../shared/real-timer.ts';
import type { XConnections } from '../../../../shared/stream-ports.ts';
import type { StreamNews } from '../../../../shared/use-cases/read-stream/stream-news.ts';
import { readStream, type ShiftReport } from '../../../../shared/use-cases/read-stream.ts';
import { createActivityStream } from '../../../../shared/x/api/activity-stream.ts';
import type { Emulators } from '../../../support/emulators.ts';
import { type StreamingX, startStreamingX } from './streaming-x.ts';

/** Every twentieth of a second is one: X's 20 s of silence are one. */
const speed = 20;
const patienceMs = 60_000;

export interface Reading {
  readonly x: StreamingX;
  readonly clock: AdjustableClock;
  readonly news: readonly StreamNews[];
  /** Starts a reader; it ends by itself, or by `end`. */
  read(rules?: Partial<StreamRules>): { readonly done: Promise<ShiftReport>; end(): void };
  /** Bodies that are on the queue, as often as they came. */
  queued(): Promise<readonly { readonly body: string; readonly via: string | undefined }[]>;
  until(condition: () => boolean | Promise<boolean>): Promise<void>;
  readonly lease: ReturnType<typeof createStreamLease>;
  readonly sessions: ReturnType<typeof createStreamSessions>;
  readonly app: string;
  close(): Promise<void>;
}

export interface ReadingOptions {
  readonly answers: readonly ((response: ServerResponse) => void)[];
  readonly connections?: XConnections;
}

let apps = 0;

/** A reader of an app of its own between a played X and the emulators of SQS, S3 and DynamoDB, all over HTTP. */
export async function startReading(emulators: Emulators, { answers, connections }: ReadingOptions): Promise<Reading> {
  const clock = new AdjustableClock();
  await clock.setSpeed(speed);
  const x = await startStreamingX(() => clock.now(), answers);
  const sqs = createSqsClient({ ...emulators.sqs, maxAttempts: 1 });
  const dynamodb = createDynamoDbClient(emulators.dynamodb);
  const s3 = createS3Client(emulators.s3);
  await sqs.send(new PurgeQueueCommand({ QueueUrl: emulators.deliveriesQueueUrl }));
  apps += 1;
  const app = `app-${apps}`;
  const table = emulators.names.ledgerTable;
  const lease = createStreamLease(dynamodb, table);
  const sessions = createStreamSessions({ client: dynamodb, table, retentionDays: 400 });
  const news: StreamNews[] = [];
  const bodies: { readonly body: string; readonly via: string | undefined }[] = [];
  const running = new Set<{ end(): void; readonly done: Promise<ShiftReport> }>();

  return {
    x,
    clock,
    news,
    lease,
    sessions,
    app,
    read(rules = {}) {
      let remainingMs = 900_000;
      const deps = {
        clock,
        timer: realTimer,
        lease,
        sessions,
        random: Math.random,
        createId: randomUUID,
        rules: { ...defaultStreamRules, ...rules },
        stream: createActivityStream({ baseUrl: x.url, readToken: async () => 'token' }),
        connections: connections ?? { list: async () => [], end: async () => false },
        queue: createStreamQueue({
          client: sqs,
          queueUrl: emulators.deliveriesQueueUrl,
          openClaimChecks: async () => createClaimChecks({ client: s3, bucket: emulators.names.bucket }),
          createId: randomUUID,
          onRefused: () => {},
        }),
        tell: (one: StreamNews) => news.push(one),
      };
      const reader = {
        done: readStream(deps, { app, holder: randomUUID(), remainingMs: () => remainingMs }),
        end() {
          remainingMs = 0;
        },
      };
      running.add(reader);
      return reader;
    },
    async queued() {
      for (;;) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({
            QueueUrl: emulators.deliveriesQueueUrl,
            MaxNumberOfMessages: 10,
            MessageAttributeNames: ['via'],
          }),
        );
        if (Messages.length === 0) return bodies;
        for (const { Body = '', MessageAttributes } of Messages) {
          bodies.push({ body: Body, via: MessageAttributes?.via?.StringValue });
        }
      }
    },
    async until(condition) {
      const signal = AbortSignal.timeout(patienceMs);
      while (!(await condition())) await pause(10, undefined, { signal });
    },
    async close() {
      for (const reader of running) reader.end();
      await Promise.allSettled([...running].map(({ done }) => done));
      await x.close();
      for (const client of [sqs, dynamodb, s3]) client.destroy();
    },
  };
}
