import { SendMessageCommand, type SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs';
import { GaplessError } from '../errors.ts';
import type { DeliveryQueue, HeartbeatQueue } from '../ports.ts';
import { type DeliveryMessage, toHeartbeatMessage, toMessageAttributes } from './delivery-message.ts';
import { createPacker, type PackerOptions } from './pack-delivery.ts';
import { withinBudget } from './within-budget.ts';

/** A call usually takes some 20 ms; one that hangs is given up in time for another within the budget. */
export const queueClientConfig = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 800, requestTimeout: 1_000, throwOnRequestTimeout: true },
} as const satisfies SQSClientConfig;

export interface DeliveryQueueOptions extends PackerOptions {
  /** Called once, for the first message: what is refused needs no client. */
  readonly createClient: () => SQSClient;
  readonly queueUrl: string;
  /** For one message, its retries included. With S3's 2 s it stays well below X's 10 s. */
  readonly sendBudgetMs?: number;
  /** For a heartbeat: X waits 3 s for a CRC (legacy guide), of which the secrets may take two. */
  readonly heartbeatBudgetMs?: number;
}

/** The deliveries queue. Throws `QUEUE_UNAVAILABLE` or `CLAIM_CHECK_UNAVAILABLE` when a message is not durable in time. */
export function createDeliveryQueue(options: DeliveryQueueOptions): DeliveryQueue & HeartbeatQueue {
  const { createClient, queueUrl, sendBudgetMs = 2_500, heartbeatBudgetMs = 900 } = options;
  const pack = createPacker(options);
  let client: SQSClient | undefined;

  const sendMessage = async ({ body, attributes }: DeliveryMessage, budgetMs: number): Promise<void> => {
    client ??= createClient();
    const sqs = client;
    const command = new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: body,
      MessageAttributes: toMessageAttributes(attributes),
    });
    try {
      await withinBudget(budgetMs, (abortSignal) => sqs.send(command, { abortSignal }));
    } catch (cause) {
      throw new GaplessError(
        'QUEUE_UNAVAILABLE',
        `SQS did not take a message (${cause instanceof Error ? cause.name : 'unknown error'}); X sends a delivery again. Look at the function's permissions and at SQS's health.`,
        { cause },
      );
    }
  };

  return {
    async send(delivery) {
      await sendMessage(await pack(delivery), sendBudgetMs);
    },

    async sendHeartbeat(heartbeat) {
      await sendMessage(toHeartbeatMessage(heartbeat), heartbeatBudgetMs);
    },
  };
}
