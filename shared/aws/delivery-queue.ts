import { SendMessageCommand, type SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs';
import { GaplessError } from '../errors.ts';
import type { AcceptedDelivery, DeliveryQueue } from '../ports.ts';
import type { ClaimCheckWriter } from './claim-check.ts';
import { type DeliveryMessage, toClaimCheckMessage, toMessage, toMessageAttributes } from './delivery-message.ts';
import { withinBudget } from './within-budget.ts';

/** A call usually takes some 20 ms; one that hangs is given up in time for another within the budget. */
export const queueClientConfig = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 800, requestTimeout: 1_000, throwOnRequestTimeout: true },
} as const satisfies SQSClientConfig;

export interface DeliveryQueueOptions {
  /** Called once, when the first delivery is proven: refusals and CRCs need no client. */
  readonly createClient: () => SQSClient;
  readonly queueUrl: string;
  /** Called for a body that SQS cannot hold, once: S3's client is a chunk of its own. */
  readonly openClaimChecks: () => Promise<ClaimCheckWriter>;
  readonly createId: () => string;
  /** For one message, its retries included. With S3's 2 s it stays well below X's 10 s. */
  readonly sendBudgetMs?: number;
}

/** The deliveries queue. Throws `QUEUE_UNAVAILABLE` or `CLAIM_CHECK_UNAVAILABLE` when a delivery is not durable in time. */
export function createDeliveryQueue(options: DeliveryQueueOptions): DeliveryQueue {
  const { createClient, queueUrl, openClaimChecks, createId, sendBudgetMs = 2_500 } = options;
  let client: SQSClient | undefined;
  let claimChecks: Promise<ClaimCheckWriter> | undefined;

  const checkIn = async (delivery: AcceptedDelivery): Promise<DeliveryMessage> => {
    const key = `deliveries/${delivery.receivedAt.slice(0, 10)}/${createId()}`;
    claimChecks ??= openClaimChecks();
    await (await claimChecks).put(key, delivery.body);
    return toClaimCheckMessage(delivery, key);
  };

  return {
    async send(delivery) {
      const { body, attributes } = toMessage(delivery) ?? (await checkIn(delivery));
      client ??= createClient();
      const sqs = client;
      const command = new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: body,
        MessageAttributes: toMessageAttributes(attributes),
      });
      try {
        await withinBudget(sendBudgetMs, (abortSignal) => sqs.send(command, { abortSignal }));
      } catch (cause) {
        throw new GaplessError(
          'QUEUE_UNAVAILABLE',
          `SQS did not take a delivery (${cause instanceof Error ? cause.name : 'unknown error'}), so X will send it again. Look at the function's permissions and at SQS's health.`,
          { cause },
        );
      }
    },
  };
}
