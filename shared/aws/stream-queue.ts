import { SendMessageBatchCommand, type SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs';
import type { AcceptedDelivery } from '../ports.ts';
import type { StreamQueue } from '../stream-ports.ts';
import { type DeliveryMessage, messageBytes, toMessageAttributes } from './delivery-message.ts';
import { createPacker, type PackerOptions } from './pack-delivery.ts';

/** A batch that fails is sent again by whoever has it. */
export const streamQueueClientConfig = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
} as const satisfies SQSClientConfig;

/** SQS's limits for one batch (AWS docs, SQS message quotas, August 2025). */
const mostEntries = 10;
const mostBytes = 1_048_576;

export interface StreamQueueOptions extends PackerOptions {
  readonly client: SQSClient;
  readonly queueUrl: string;
  /** Told why deliveries were not taken: names, never content. */
  readonly onRefused: (reason: string) => void;
}

interface Packed {
  readonly delivery: AcceptedDelivery;
  readonly message: DeliveryMessage;
}

/** The deliveries queue for lines of the stream: batches of ten entries and one MiB at most. */
export function createStreamQueue({ client, queueUrl, onRefused, ...packing }: StreamQueueOptions): StreamQueue {
  const pack = createPacker(packing);
  const nameOf = (error: unknown) => (error instanceof Error ? error.name : 'unknown error');

  const send = async (batch: readonly Packed[]): Promise<readonly AcceptedDelivery[]> => {
    const Entries = batch.map(({ message: { body, attributes } }, index) => ({
      Id: String(index),
      MessageBody: body,
      MessageAttributes: toMessageAttributes(attributes),
    }));
    try {
      const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
      const [first] = Failed;
      if (first !== undefined) onRefused(first.Code ?? 'no code');
      const failed = new Set(Failed.map(({ Id }) => Id));
      return batch.filter((_, index) => failed.has(String(index))).map(({ delivery }) => delivery);
    } catch (error) {
      onRefused(nameOf(error));
      return batch.map(({ delivery }) => delivery);
    }
  };

  return {
    async sendBatch(deliveries) {
      const refused: AcceptedDelivery[] = [];
      const packed = await Promise.all(
        deliveries.map(async (delivery) => {
          try {
            return [{ delivery, message: await pack(delivery) }];
          } catch (error) {
            onRefused(nameOf(error));
            refused.push(delivery);
            return [];
          }
        }),
      );
      const left = await Promise.all(intoBatches(packed.flat()).map(send));
      return [...refused, ...left.flat()];
    },
  };
}

function intoBatches(packed: readonly Packed[]): readonly (readonly Packed[])[] {
  const batches: Packed[][] = [];
  let bytes = 0;
  for (const one of packed) {
    const size = messageBytes(one.message);
    const last = batches.at(-1);
    if (last === undefined || last.length === mostEntries || bytes + size > mostBytes) {
      batches.push([one]);
      bytes = size;
    } else {
      last.push(one);
      bytes += size;
    }
  }
  return batches;
}
