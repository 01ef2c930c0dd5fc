import type { Product, StoredEvent } from './event.ts';
import type { AaaEventType, EventType } from './event-types.ts';
import type { AaaBodies } from './v1-payloads.ts';
import type { FilteredStreamBody, XaaBody } from './v2-payloads.ts';

/** A stored event whose payload is read: `product` and `type` together say what it is. */
interface Typed<P extends Product, Type extends string, Body>
  extends Omit<StoredEvent, 'product' | 'type' | 'payload'> {
  readonly product: P;
  readonly type: Type;
  readonly payload: Body;
}

export type XaaEvent = { [Type in EventType]: Typed<'xaa', Type, XaaBody<Type>> }[EventType];
export type AaaEvent = { [Type in AaaEventType]: Typed<'aaa', Type, AaaBodies[Type]> }[AaaEventType];
export type FilteredStreamEvent = Typed<'filtered_stream', 'post.create', FilteredStreamBody>;

/** An event of a type newer than this version of Gapless, or of no type; `wireType` is X's name for it. */
export type UnknownEvent = Typed<Product, 'unknown', unknown>;

/** The events whose payload X documents or names. The shapes are X's documentation and not checked. */
export type KnownEvent = XaaEvent | AaaEvent | FilteredStreamEvent;

/** `if (event.type === 'like.create' && event.product === 'xaa')` narrows `payload` to that kind's body. */
export type TypedEvent = KnownEvent | UnknownEvent;
