/**
 * The library `gapless`: reads what a stack stored.
 *
 *     const reader = createReader({ eventsTable, carriedPostsTable, ledgerTable, bodiesBucket });
 *     for await (const event of reader.events.byAccount('2244994945', { type: 'like.create' })) {
 *       const { payload } = parsePayload(event);
 *     }
 */

export type { ListedEvent } from './aws/event-reader/hydrate.ts';
export type { ListOptions } from './aws/event-reader/listing.ts';
export type { EventReader } from './aws/event-reader.ts';
export type { Days, TypeCount } from './aws/ledger-reader.ts';
export { unpackPayload } from './aws/packed-payload.ts';
export { createReader, type Reader, type ReaderSettings } from './aws/reader.ts';
export type { OccurredAtSource, PayloadFormat, Product, StoredEvent, Via } from './domain/event.ts';
export { type EventType, eventTypes } from './domain/event-types.ts';
export type * from './domain/payloads.ts';
export { typedEvent as parsePayload } from './domain/typed-event.ts';
export { type ErrorCode, GaplessError } from './errors.ts';
