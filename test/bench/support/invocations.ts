import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2, SQSEvent } from 'aws-lambda';
import { toHttpEvent } from '../../../local/triggers/http-event.ts';
import { toRecord } from '../../../local/triggers/sqs-records.ts';
import { toMessage, toMessageAttributes } from '../../../shared/aws/delivery-message.ts';
import { sign, signatureHeaders } from '../../../shared/x/signature.ts';
import { makeBody } from './bodies.ts';

export interface DeliveryOptions {
  /** Of the body. */
  readonly bytes: number;
  readonly number: number;
}

const atMs = (number: number) => 1_795_000_000_000 + number;

/** A delivery as HTTP API hands it to the receiver, signed both ways as X does; the new way with `clientSecret`. */
export function httpDelivery(clientSecret: string, { bytes, number }: DeliveryOptions): APIGatewayProxyEventV2 {
  const receivedAt = atMs(number);
  const body = Buffer.from(makeBody({ bytes, number, atMs: receivedAt }));
  const headers = {
    Host: 'x.example.com',
    'Content-Type': 'application/json',
    'Content-Length': String(bytes),
    'User-Agent': 'Twitterbot/1.0',
    [signatureHeaders.oauth2]: sign(clientSecret, body),
    [signatureHeaders.legacy]: sign(`not ${clientSecret}`, body),
  };
  return toHttpEvent(
    {
      method: 'POST',
      target: '/webhooks/x',
      rawHeaders: Object.entries(headers).flat(),
      body,
      sourceIp: '203.0.113.7',
      requestId: `JKJaXmPLvHcESHA${number}=`,
      receivedAt,
    },
    { routeKey: 'ANY /webhooks/x', apiId: 'api', pathParameters: {} },
  );
}

/** Deliveries as SQS hands them to the recorder, one event in each. */
export function sqsBatch(deliveries: readonly DeliveryOptions[]): SQSEvent {
  const records = deliveries.map(({ bytes, number }) => {
    const message = toMessage({
      app: 'default',
      via: 'webhook',
      scheme: 'oauth2',
      receivedAt: new Date(atMs(number)).toISOString(),
      traceId: `JKJaXmPLvHcESHA${number}=`,
      body: Buffer.from(makeBody({ bytes, number, atMs: atMs(number) })),
    });
    if (message === undefined) throw new RangeError(`SQS does not hold ${bytes} bytes.`);
    const { body, attributes } = message;
    const MessageAttributes = toMessageAttributes(attributes);
    return toRecord({ MessageId: randomUUID(), Body: body, MessageAttributes }, 'arn:aws:sqs:us-east-1:0:deliveries');
  });
  return { Records: records };
}
