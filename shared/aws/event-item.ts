import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type FoundEvent, type OccurredAtSource, type PayloadFormat, type Product, vias } from '../domain/event.ts';
import { GaplessError } from '../errors.ts';
import { indexKeys } from './index-keys.ts';

export type Item = Record<string, AttributeValue>;

/** What an item of the events table says. */
export interface ItemEvent extends Omit<FoundEvent, 'carriedPostIds' | 'payload'> {
  readonly deliveryId: string;
  readonly position: string;
  readonly payload: PayloadPlace;
}

/** In the item as it is or packed, or in S3. */
export type PayloadPlace = { readonly text: string } | { readonly packed: Uint8Array } | { readonly key: string };

const products: readonly Product[] = ['aaa', 'xaa', 'filtered_stream', 'unknown'];
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

export function toItem(event: FoundEvent, deliveryId: string, place: PayloadPlace = { text: event.payload }): Item {
  const { carriedPostIds, payload, payloadFormat, occurredAtSource, ...native } = event;
  return {
    ...textItem({
      ...native,
      ...indexKeys(event),
      deliveryId,
      // What is nearly always the same is left out: a KB more of an item costs a write more.
      ...(payloadFormat === 'json' ? {} : { payloadFormat }),
      ...(occurredAtSource === 'payload' ? {} : { occurredAtSource }),
    }),
    ...toPayloadAttributes(place),
  };
}

function toPayloadAttributes(place: PayloadPlace): Item {
  if ('text' in place) return textItem({ payload: place.text });
  return 'key' in place ? textItem({ payloadKey: place.key }) : { packed: { B: place.packed } };
}

/** DynamoDB refuses lone surrogates. The payload has none, since JSON text escapes them; an id read from it may. */
export function textItem(texts: Readonly<Record<string, string>>): Item {
  return Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, { S: value.toWellFormed() }]));
}

/** Bytes as DynamoDB counts them for its limit of 400 KB: names and texts in UTF-8. */
export function itemBytes(item: Item): number {
  return Object.entries(item).reduce(
    (sum, [name, { S = '', B }]) => sum + Buffer.byteLength(name) + (B?.length ?? Buffer.byteLength(S)),
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
    occurredAtSource: item.occurredAtSource === undefined ? 'payload' : oneOf(item, 'occurredAtSource', timeSources),
    receivedAt: requiredText(item, 'receivedAt'),
    via: oneOf(item, 'via', vias),
    deliveryId: requiredText(item, 'deliveryId'),
    position: requiredText(item, 'position'),
    payloadFormat: item.payloadFormat === undefined ? 'json' : oneOf(item, 'payloadFormat', payloadFormats),
    payload: payloadPlace(item),
  };
}

function payloadPlace(item: Item): PayloadPlace {
  if (item.payloadKey?.S !== undefined) return { key: item.payloadKey.S };
  if (item.packed?.B === undefined) return { text: requiredText(item, 'payload') };
  return { packed: item.packed.B };
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
