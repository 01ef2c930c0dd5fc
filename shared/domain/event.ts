/** The products of X that deliver activity. `unknown`: a signed body of no known shape. */
export type Product = 'aaa' | 'xaa' | 'filtered_stream' | 'unknown';

/** The way by which an event reached the table first. */
export const vias = ['webhook', 'stream', 'replay', 'backfill'] as const;
export type Via = (typeof vias)[number];

/** Where the time of an event was taken from. */
export type OccurredAtSource = 'payload' | 'envelope' | 'snowflake' | 'received';

/** How `payload` holds the event: as JSON text, as text that is not JSON, or as base64 of bytes that are not UTF-8. */
export type PayloadFormat = 'json' | 'text' | 'base64';

/** One accepted POST (or one line of the stream), before anything in it is read. */
export interface Delivery {
  /** Stable over redeliveries by the queue: the sender's own id, of messages without one the SQS message id. */
  readonly deliveryId: string;
  /** The X app whose secret verified it. */
  readonly app: string;
  readonly via: Via;
  /** ISO time with milliseconds at which the receiver took it. */
  readonly receivedAt: string;
  /** The exact bytes that were signed. */
  readonly body: Uint8Array;
}

/** One event as found in a delivery. */
export interface FoundEvent {
  /** Identity by meaning: readable, stable over retries, replays and redeliveries. The sort key of the table. */
  readonly eventId: string;
  /** The thing that the event is about, the last part of `eventId`. The partition key: all events of one post lie together. */
  readonly subjectId: string;
  readonly app: string;
  readonly product: Product;
  /** X's XAA name, whatever the product; `unknown` where there is none. */
  readonly type: string;
  /** The name on the wire: an AAA key such as `favorite_events`, or XAA's `event_type`. */
  readonly wireType: string;
  /** The subscribed account's id, or the keyword of the subscription. */
  readonly account?: string;
  readonly actor?: string;
  readonly target?: string;
  readonly postId?: string;
  readonly conversationId?: string;
  /** Ids of posts whose content the payload carries beside `postId`: reposted, quoted, liked, included. */
  readonly carriedPostIds: readonly string[];
  /** Equal for the same activity in AAA and XAA, where it can be derived. */
  readonly activityKey?: string;
  /** ISO time, UTC, milliseconds. */
  readonly occurredAt: string;
  readonly occurredAtSource: OccurredAtSource;
  readonly receivedAt: string;
  readonly via: Via;
  /** XAA's `event_uuid`, kept to learn whether X keeps it stable; never part of an identity that has its own id. */
  readonly eventUuid?: string;
  readonly payload: string;
  readonly payloadFormat: PayloadFormat;
}

/** X's message that a replay job ended (facts: `replay_job_status`). */
export interface ReplayJobStatus {
  readonly jobId: string;
  readonly webhookId?: string;
  readonly state: string;
  readonly description?: string;
}

/** An event as stored and as shown to people. */
export interface StoredEvent extends Omit<FoundEvent, 'carriedPostIds' | 'subjectId'> {
  /** The text of the post or message, read from the payload. */
  readonly text?: string;
}
