import { randomUUID } from 'node:crypto';
import type { Context, SQSEvent, SQSRecord } from 'aws-lambda';
import { type DeliveryMessage, toHeartbeatMessage, toMessage } from '../../../shared/aws/delivery-message.ts';

export const receivedAt = '2026-11-21T10:07:30.000Z';
export const day = '2026-11-21';

/** A message of the queue as Lambda hands it to the recorder. */
export interface Queued extends DeliveryMessage {
  readonly messageId: string;
  readonly receiveCount: number;
}

/** A delivery as the receiver sends it. */
export function delivered(body: string | Uint8Array, changes: Partial<Queued> = {}): Queued {
  const accepted = {
    app: 'default',
    via: 'webhook',
    scheme: 'oauth2',
    receivedAt,
    traceId: 'trace-1',
    body: Buffer.from(body),
  } as const;
  const message = toMessage(accepted);
  if (message === undefined) throw new Error('too large for the queue');
  return { messageId: randomUUID(), receiveCount: 1, ...message, ...changes };
}

/** A line as the stream's reader sends it. */
export function streamed(body: string, via: 'stream' | 'backfill' = 'stream'): Queued {
  const message = toMessage({ app: 'default', via, receivedAt, traceId: 'trace-1', body: Buffer.from(body) });
  if (message === undefined) throw new Error('too large for the queue');
  return { messageId: randomUUID(), receiveCount: 1, ...message };
}

/** A heartbeat as the receiver sends it, signed by X. */
export function heartbeat(messageId: string = randomUUID()): Queued {
  return { messageId, receiveCount: 1, ...toHeartbeatMessage({ app: 'default', receivedAt, proven: true }) };
}

export function sqsEvent(messages: readonly Queued[]): SQSEvent {
  return { Records: messages.map(toRecord) };
}

function toRecord({ messageId, receiveCount, body, attributes }: Queued): SQSRecord {
  return {
    messageId,
    body,
    receiptHandle: messageId,
    attributes: {
      ApproximateReceiveCount: String(receiveCount),
      SentTimestamp: String(Date.parse(receivedAt)),
      SenderId: 'receiver',
      ApproximateFirstReceiveTimestamp: String(Date.parse(receivedAt)),
    },
    messageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, stringValue]) => [name, { dataType: 'String', stringValue }]),
    ),
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:test-deliveries',
    awsRegion: 'us-east-1',
  };
}

export function contextWith(remainingMs: number): Context {
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName: 'record-events',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:record-events',
    memoryLimitInMB: '512',
    awsRequestId: 'request-1',
    logGroupName: 'log',
    logStreamName: 'stream',
    getRemainingTimeInMillis: () => remainingMs,
    done: () => {},
    fail: () => {},
    succeed: () => {},
  };
}

/** A made-up like by the account 9001. */
export function like(
  id: string,
  { uuid = id, text = '' }: { readonly uuid?: string; readonly text?: string } = {},
): string {
  return JSON.stringify({
    data: {
      event_uuid: uuid,
      event_type: 'like.create',
      filter: { user_id: '9001' },
      payload: { id, liked_tweet_id: '500', timestamp_ms: String(Date.parse(receivedAt)), note: text },
    },
  });
}

/** Made-up follows of the account 9001, in one delivery. */
export function follows(...names: readonly string[]): string {
  return JSON.stringify({
    for_user_id: '9001',
    follow_events: names.map((name) => ({
      type: 'follow',
      created_timestamp: String(Date.parse(receivedAt)),
      source: { id: name },
      target: { id: '9001' },
    })),
  });
}
