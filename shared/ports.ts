import type { Delivery, FoundEvent, Product, ReplayJobStatus, Via } from './domain/event.ts';
import type { CountedType } from './domain/event-types.ts';
import type { Way } from './domain/way.ts';
import type { GaplessError } from './errors.ts';
import type { AppSecrets } from './x/app-secrets.ts';

/** Milliseconds since 1970. The only source of time; injected so that tests and the local stack can set it. */
export interface Clock {
  now(): number;
}

/** The header that proved a delivery: the OAuth 2.0 client secret's or the consumer secret's. */
export type SignatureScheme = 'oauth2' | 'legacy';

/** `unavailable`: not readable, not well-formed, or not filled yet; the error says which, and what to do. */
export type SecretsReading =
  | { readonly kind: 'available'; readonly secrets: AppSecrets }
  | { readonly kind: 'unavailable'; readonly error: GaplessError };

/** The signing secrets of one app, cached. */
export interface SecretSource {
  /**
   * What is known, if it was asked for within the last `maxAgeMs`; otherwise asks again first. When asking fails, what
   * was known stands. Never rejects.
   */
  read(maxAgeMs: number): Promise<SecretsReading>;
}

/** What goes to the queue: a POST that the receiver accepted, or a line of the stream. */
export interface AcceptedDelivery {
  readonly app: string;
  readonly via: Via;
  /** Of a POST; X signs no lines. */
  readonly scheme?: SignatureScheme;
  readonly receivedAt: string;
  readonly traceId: string;
  readonly body: Uint8Array;
  /** Its own, stable however often the queue gives it or somebody moves it back from the dead-letter queue. */
  readonly deliveryId?: string;
}

/** Resolves only when the delivery is durable. Throws `GaplessError` otherwise. */
export interface DeliveryQueue {
  send(delivery: AcceptedDelivery): Promise<void>;
}

/** A CRC that was answered: the way from the internet through the API and the secrets to here works. */
export interface Heartbeat {
  readonly app: string;
  readonly receivedAt: string;
  /** X's own signature was on the CRC; otherwise anybody may have sent it. */
  readonly proven: boolean;
}

/** Passes a heartbeat on the way that deliveries go. Resolves when the queue has it, and settles within a second. */
export interface HeartbeatQueue {
  sendHeartbeat(heartbeat: Heartbeat): Promise<void>;
}

/** `duplicateOf`: what the table held already. */
export type StoreOutcome =
  | { readonly kind: 'stored' }
  | { readonly kind: 'duplicate'; readonly deliveryId?: string; readonly eventUuid?: string; readonly via?: Via };

/** One conditional put per event is both dedupe and store (data-model, pattern 1). */
export interface EventStore {
  put(event: FoundEvent, deliveryId: string, signal: AbortSignal): Promise<StoreOutcome>;
}

/** What one batch adds to one minute of one app. */
export interface CoverageCounts {
  readonly deliveries: number;
  readonly events: number;
  readonly stored: number;
  readonly duplicates: number;
  readonly unknown: number;
  /** Deliveries with a late event in them: what a replay brought. */
  readonly replayed: number;
  /** Of `stored` and of `duplicates`: the late ones. */
  readonly storedLate: number;
  readonly duplicatesLate: number;
  /** Of `duplicates`: those that X's other way had brought before. What is neither these nor late came the same way again. */
  readonly duplicatesOtherWay: number;
  /** Deliveries that the stream filled back, and of `stored` what they brought. */
  readonly backfilled: number;
  readonly storedBackfill: number;
  /** Of `events`, by product. */
  readonly products: Readonly<Record<CountedProduct, number>>;
}

export type CountedProduct = Exclude<Product, 'unknown'>;

/** The operational record beside the events. */
export interface Ledger {
  /** Marks days (YYYY-MM-DD of `occurredAt`) as having events. Before the events are written, so that no event lies on an unmarked day. */
  markDays(days: readonly string[], signal: AbortSignal): Promise<void>;
  /**
   * Adds to the minute (YYYY-MM-DDTHH:MM, of receipt) of an app and a way. `lastReceivedAt` is the newest delivery
   * counted. The ways are counted apart: what the stream brings proves nothing about the webhook.
   */
  addCoverage(
    app: string,
    minute: string,
    counts: CoverageCounts,
    received: { readonly way: Way; readonly lastReceivedAt: string },
    signal: AbortSignal,
  ): Promise<void>;
  /** Adds to the numbers of stored events per type and day (of `occurredAt`). */
  addTypeCounts(day: string, stored: ReadonlyMap<CountedType, number>, signal: AbortSignal): Promise<void>;
  /** Adds to the numbers of events that occurred in the minute (YYYY-MM-DDTHH:MM) and were stored late, by a replay. */
  addLate(app: string, minute: string, stored: number, signal: AbortSignal): Promise<void>;
  /** Records that a CRC passed the whole way. Idempotent. `deliveryId`: of its message. */
  recordHeartbeat(heartbeat: Heartbeat, deliveryId: string, signal: AbortSignal): Promise<void>;
  /** Records that X says a replay job ended. Idempotent. */
  recordJobStatus(app: string, status: ReplayJobStatus, receivedAt: string, signal: AbortSignal): Promise<void>;
  /** Resolves when the tables take writes: tells a record that can never succeed from an outage where no neighbour does. */
  probe(signal: AbortSignal): Promise<void>;
}

/** What a message of the queue holds: the delivery itself, or where its body lies (key in the bodies bucket, length in bytes). */
export type MessageContent =
  | { readonly kind: 'delivery'; readonly delivery: Delivery }
  | {
      readonly kind: 'claim-check';
      readonly key: string;
      readonly bytes: number;
      readonly delivery: Omit<Delivery, 'body'>;
    }
  | { readonly kind: 'heartbeat'; readonly deliveryId: string; readonly heartbeat: Heartbeat }
  | { readonly kind: 'malformed'; readonly detail: string };

/** Why a delivery was given up. */
export type DeadLetterCause = 'CLAIM_CHECK_LOST' | 'POISON_RECORD' | 'MESSAGE_MALFORMED';

/** `body` and `attributes` as they came. `detail`: where or what kind, never content. */
export interface DeadLetter {
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly cause: DeadLetterCause;
  readonly detail: string;
}

/** Where the recorder puts what can never succeed. Resolves only when it lies there. */
export interface DeadLetters {
  send(letter: DeadLetter, signal: AbortSignal): Promise<void>;
}

/** Reads a body back that was too large for the queue. `undefined`: it is not there and never will be. */
export interface ClaimCheckReader {
  read(key: string, signal: AbortSignal): Promise<Uint8Array | undefined>;
}

export type { Delivery, FoundEvent, ReplayJobStatus };
