import type { StoredEvent } from './event.ts';
import { isAaaType, isKnownType, unknownType } from './event-types.ts';
import type { KnownEvent, TypedEvent } from './payloads.ts';

interface OpenEvent extends Omit<StoredEvent, 'payload'> {
  readonly payload: unknown;
}

/**
 * The event with its payload as a JavaScript value, typed by `product` and `type`. Numbers are JavaScript's, so long
 * ones lose digits; `StoredEvent.payload` keeps them. A payload that is not JSON stays text.
 */
export function typedEvent(event: StoredEvent): TypedEvent {
  const payload: unknown = event.payloadFormat === 'json' ? JSON.parse(event.payload) : event.payload;
  const open = { ...event, payload };
  return isKnownEvent(open) ? open : { ...open, type: unknownType };
}

function isKnownEvent(event: OpenEvent): event is KnownEvent {
  switch (event.product) {
    case 'xaa':
      return isKnownType(event.type);
    case 'aaa':
      return isAaaType(event.type);
    case 'filtered_stream':
      return event.type === 'post.create';
    case 'unknown':
      return false;
  }
}
