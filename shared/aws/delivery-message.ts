import { type Via, vias } from '../domain/event.ts';
import type { AcceptedDelivery, Heartbeat, MessageContent } from '../ports.ts';

/** An SQS message. All attributes are of type String. */
export interface DeliveryMessage {
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A message as received: of the deliveries queue, or of its DLQ. */
export interface ReceivedMessage extends DeliveryMessage {
  readonly messageId: string;
}

/**
 * SQS's limit, attributes included (AWS docs, SQS message quotas, August 2025), less the room for the cause that a
 * message gets when it is given up.
 */
const maxMessageBytes = 1_048_576 - 512;
const attributeType = 'String';

/** SQS refuses an empty body; this stands for it. */
const emptyBody = '-';

/**
 * What SQS does not take (SendMessage API reference), but for lone surrogates, which no decoded text has. By code units
 * and by what is forbidden: of all that happens to a long body but its proof, looking for these takes longest.
 */
const forbiddenUnit = /[^\t\n\r\x20-\uFFFD]/;

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    // ignoreBOM keeps a byte order mark: it was signed too.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

type Encoding = 'text' | 'base64' | 's3' | 'empty';

function message(delivery: Omit<AcceptedDelivery, 'body'>, encoding: Encoding, body: string): DeliveryMessage {
  const { app, via, scheme, receivedAt, traceId, deliveryId } = delivery;
  const own = { ...(scheme && { scheme }), ...(deliveryId && { deliveryId }) };
  return { body, attributes: { app, via, receivedAt, traceId, encoding, ...own } };
}

/** Attributes as SQS's calls take them. */
export function toMessageAttributes(
  attributes: Readonly<Record<string, string>>,
): Record<string, { readonly DataType: string; readonly StringValue: string }> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: attributeType, StringValue }]),
  );
}

function attributesBytes(attributes: DeliveryMessage['attributes']): number {
  const parts = Object.entries(attributes).flatMap(([name, value]) => [name, attributeType, value]);
  return parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0);
}

/** As SQS counts it: the body and its attributes' names, types and values. */
export function messageBytes({ body, attributes }: DeliveryMessage): number {
  return Buffer.byteLength(body) + attributesBytes(attributes);
}

/** The message that carries the delivery, its body verbatim where SQS takes it. `undefined`: too large, its body must go to S3. */
export function toMessage(delivery: AcceptedDelivery): DeliveryMessage | undefined {
  const { body } = delivery;
  if (body.length === 0) return message(delivery, 'empty', emptyBody);
  if (body.length > maxMessageBytes) return undefined;
  const text = decodeUtf8(body);
  const isCarriedAsText = text !== undefined && !forbiddenUnit.test(text);
  const carried = isCarriedAsText
    ? message(delivery, 'text', text)
    : message(delivery, 'base64', Buffer.from(body).toString('base64'));
  const bodyBytes = isCarriedAsText ? body.length : carried.body.length;
  return bodyBytes + attributesBytes(carried.attributes) <= maxMessageBytes ? carried : undefined;
}

/** The message for a delivery whose body lies in the bodies bucket. */
export function toClaimCheckMessage(delivery: AcceptedDelivery, key: string): DeliveryMessage {
  return message(delivery, 's3', JSON.stringify({ key, bytes: delivery.body.length }));
}

/** What the attribute `kind` says; a delivery has none. */
const heartbeatKind = 'heartbeat';

export function toHeartbeatMessage({ app, receivedAt, proven }: Heartbeat): DeliveryMessage {
  return { body: emptyBody, attributes: { kind: heartbeatKind, app, receivedAt, proven: String(proven) } };
}

function isVia(text: string | undefined): text is Via {
  return vias.some((via) => via === text);
}

const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** The way back. `malformed` (with the place, never the content): somebody else's message; it can never become a delivery. */
export function fromMessage({ messageId, body, attributes }: ReceivedMessage): MessageContent {
  const { kind, app, via, receivedAt, encoding, proven } = attributes;
  if (!app) return { kind: 'malformed', detail: 'the attribute app is missing' };
  if (receivedAt === undefined || !instantPattern.test(receivedAt) || Number.isNaN(Date.parse(receivedAt))) {
    return { kind: 'malformed', detail: 'the attribute receivedAt is missing or not a time' };
  }
  if (kind === heartbeatKind) {
    return { kind, deliveryId: messageId, heartbeat: { app, receivedAt, proven: proven === 'true' } };
  }
  if (kind !== undefined) return { kind: 'malformed', detail: 'the attribute kind is unknown' };
  if (!isVia(via)) return { kind: 'malformed', detail: 'the attribute via is missing or unknown' };
  // A message that somebody moved back from the dead-letter queue has another id than it had.
  const delivery = { deliveryId: attributes.deliveryId || messageId, app, via, receivedAt };
  switch (encoding) {
    case 'text':
      return { kind: 'delivery', delivery: { ...delivery, body: Buffer.from(body) } };
    case 'base64':
      return { kind: 'delivery', delivery: { ...delivery, body: Buffer.from(body, 'base64') } };
    case 'empty':
      return { kind: 'delivery', delivery: { ...delivery, body: new Uint8Array() } };
    case 's3': {
      const place = parseClaimCheck(body);
      if (place === undefined) return { kind: 'malformed', detail: 'the claim check names no key and length' };
      return { kind: 'claim-check', ...place, delivery };
    }
    default:
      return { kind: 'malformed', detail: 'the attribute encoding is missing or unknown' };
  }
}

function parseClaimCheck(body: string): { readonly key: string; readonly bytes: number } | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null || !('key' in parsed) || !('bytes' in parsed)) return undefined;
  const { key, bytes } = parsed;
  return typeof key === 'string' && typeof bytes === 'number' ? { key, bytes } : undefined;
}
