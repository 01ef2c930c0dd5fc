import type { Product, Via } from '../../domain/event.ts';
import type { Way } from '../../domain/way.ts';
import type { DeadLetterCause, MessageContent } from '../../ports.ts';

/** A message of the queue, as received. `body` and `attributes` as they came, `content` as they are understood. */
export interface QueuedRecord {
  readonly messageId: string;
  /** 1 the first time. */
  readonly receiveCount: number;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly content: MessageContent;
}

/** `retry`: the queue gives it again later. `dead`: it lies in the dead-letter queue. */
export type RecordOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'retry'; readonly reason: string }
  | { readonly kind: 'dead'; readonly cause: DeadLetterCause };

/** What one record held, all of it settled. */
export interface RecordTally {
  readonly app: string;
  /** How it came, whatever its events say. */
  readonly via: Via;
  readonly receivedAt: string;
  readonly events: readonly SettledEvent[];
}

/** `retry`: the same way again. `replay`: by a replay. `otherWay`: X's other way had brought it. */
export type DuplicateCause = 'retry' | 'replay' | 'otherWay';

/** `uuidMismatch`: what was there came with another `event_uuid`, so X does not keep it stable. */
export interface SettledEvent {
  readonly kind: 'stored' | 'duplicate';
  /** By which it came now. */
  readonly way: Way;
  /** Of a duplicate. */
  readonly cause?: DuplicateCause;
  readonly uuidMismatch: boolean;
  readonly product: Product;
  readonly type: string;
  /** YYYY-MM-DDTHH:MM of `occurredAt`. */
  readonly minute: string;
  /** Only a replay can have brought it. */
  readonly late: boolean;
}

/**
 * How far one record came. `noted`: it is no delivery, and nothing of it is counted. `failed`: by a call that may succeed later, or by a fault of its own (`recordsFault`).
 * `hopeless`: nothing can be read from it, now or ever.
 */
export type Attempt =
  | { readonly kind: 'recorded'; readonly tally: RecordTally }
  | { readonly kind: 'noted' }
  | { readonly kind: 'failed'; readonly reason: string; readonly recordsFault: boolean }
  | { readonly kind: 'hopeless'; readonly cause: DeadLetterCause; readonly detail: string };
