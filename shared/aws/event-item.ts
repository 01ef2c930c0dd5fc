import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { FoundEvent, OccurredAtSource, PayloadFormat, Product, Via } from '../domain/event.ts';
import { GaplessError } from '../errors.ts';
import { indexKeys } from './index-keys.ts';

export type Item = Record<string, AttributeValue>;

/** What an item of the events table says. The payload itself may lie in S3, under `key`. */
export interface ItemEvent extends Omit<FoundEvent, 'carriedPostIds' | 'payload'> {
  readonly deliveryId: string;
  readonly position: string;
  readonly payload: { readonly text: string } | { readonly key: string };
}

const products: readonly Product[] = ['aaa', 'xaa', 'filtered_stream', 'unknown'];
const vias: readonly Via[] = ['webhook', 'stream', 'replay', 'backfill'];
const timeSources: readonly OccurredAtSource[] = ['payload', 'envelope', 'snowflake', 'received'];
const payloadFormats: readonly PayloadFormat[] = ['json', 'text', 'base64'];
const optionalTexts = [
  'account',
  'actor',
  'target',
  'postId',
  'conversationId',
  'activityKey',
  'eventUuid',
] as const satisfies readonly (keyof FoundEvent)[];

/** `payloadKey`: where the payload lies in S3 when it is too large for the item. */
export function toItem(event: FoundEvent, deliveryId: string, payloadKey?: string): Item {
  const { carriedPostIds, payload, payloadFormat, ...native } = event;
  return textItem({
    ...native,
    ...indexKeys(event),
    deliveryId,
    ...(payloadFormat === 'json' ? {} : { payloadFormat }),
    ...(payloadKey === undefined ? { payload } : { payloadKey }),
  });
}

/** DynamoDB refuses lone surrogates. The payload has none, since JSON text escapes them; an id read from it may. */
export function textItem(texts: Readonly<Record<string, string>>): Item {
  return Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, { S: value.toWellFormed() }]));
}

/** Bytes as DynamoDB counts them for its limit of 400 KB: names and values in UTF-8. */
export function itemBytes(item: Item): number {
  return Object.entries(item).reduce(
    (sum, [name, { S = '' }]) => sum + Buffer.byteLength(name) + Buffer.byteLength(S),
    0,
  );
}

/** Throws `GaplessError` ITEM_MALFORMED when something else than Gapless, or a newer one, wrote the item. */
export function fromItem(item: Item): ItemEvent {
  return {
    eventId: requiredText(item, 'eventId'),
    subjectId: requiredText(item, 'subjectId'),
    app: requiredText(item, 'app'),
    product: oneOf(item, 'product', products),
    type: requiredText(item, 'type'),
    wireType: requiredText(item, 'wireType'),
    ...presentTexts(item),
    occurredAt: requiredText(item, 'occurredAt'),
    occurredAtSource: oneOf(item, 'occurredAtSource', timeSources),
    receivedAt: requiredText(item, 'receivedAt'),
    via: oneOf(item, 'via', vias),
    deliveryId: requiredText(item, 'deliveryId'),
    position: requiredText(item, 'position'),
    payloadFormat: item.payloadFormat === undefined ? 'json' : oneOf(item, 'payloadFormat', payloadFormats),
    payload: item.payloadKey?.S === undefined ? { text: requiredText(item, 'payload') } : { key: item.payloadKey.S },
  };
}

export function requiredText(item: Item, name: string): string {
  const text = item[name]?.S;
  if (text === undefined) throw malformed(item, `it has no text attribute '${name}'`);
  return text;
}

function oneOf<Value extends string>(item: Item, name: string, allowed: readonly Value[]): Value {
  const text = requiredText(item, name);
  const value = allowed.find((candidate) => candidate === text);
  if (value === undefined) throw malformed(item, `its '${name}' is none of ${allowed.join(', ')}`);
  return value;
}

function presentTexts(item: Item): Partial<Record<(typeof optionalTexts)[number], string>> {
  const present: Partial<Record<(typeof optionalTexts)[number], string>> = {};
  for (const name of optionalTexts) {
    const text = item[name]?.S;
    if (text !== undefined) present[name] = text;
  }
  return present;
}

function malformed(item: Item, why: string): GaplessError {
  const id = item.eventId?.S ?? 'without an id';
  return new GaplessError(
    'ITEM_MALFORMED',
    `The stored event ${id} cannot be read: ${why}. Only Gapless writes this table; a newer version may have: update.`,
  );
}
