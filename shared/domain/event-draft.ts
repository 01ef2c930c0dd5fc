import type { Product } from './event.ts';

/** What one entry or payload says about its event. */
export interface EventFacts {
  readonly type: string;
  readonly actor?: string | undefined;
  readonly target?: string | undefined;
  readonly postId?: string | undefined;
  readonly conversationId?: string | undefined;
  /** What tells this event from others of its kind: an own id, or who, whom and when. `undefined`: nothing does. */
  readonly subject?: readonly string[] | undefined;
  /** Times in the payload, best first. */
  readonly times?: readonly unknown[];
  /** The id of what the event created. */
  readonly createdId?: string | undefined;
  readonly carriedPostIds?: readonly string[];
}

/** One event found in a delivery, before its identity and time are settled. */
export interface EventDraft extends EventFacts {
  readonly product: Product;
  readonly wireType: string;
  /** An AAA entry's own `type`, which belongs to the wire kind: a block and an unblock share one key. */
  readonly entryType?: string | undefined;
  readonly account?: string | undefined;
  readonly eventUuid?: string | undefined;
  /** Several events share the envelope, and so its uuid. */
  readonly sharesEnvelope?: boolean;
  readonly envelopeTime?: unknown;
  /** The delivery reduced to this event: a JSON value, or text where the body is not JSON. */
  readonly content: unknown;
}

/** The subject of an event that has parts instead of an id: all of them, or none is safe to use. */
export function allOf(...parts: readonly (string | undefined)[]): readonly string[] | undefined {
  const present = parts.filter((part) => part !== undefined);
  return present.length === parts.length ? present : undefined;
}
