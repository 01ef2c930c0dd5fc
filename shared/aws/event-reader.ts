import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { StoredEvent } from '../domain/event.ts';
import { shardCount } from '../domain/shards.ts';
import { textItem } from './event-item.ts';
import { type EventKey, type IndexPartition, shardKeys } from './event-reader/event-keys.ts';
import { hydrate, type ListedEvent, toListedEvent } from './event-reader/hydrate.ts';
import { type Listing, type ListOptions, parseListing } from './event-reader/listing.ts';
import { type PostSource, postKeys } from './event-reader/post-keys.ts';
import { mergeSorted, take } from './event-reader/streams.ts';
import { accountShard, dayOf, dayShard } from './index-keys.ts';
import type { LedgerReader } from './ledger-reader.ts';

/**
 * Reads stored events. A listing can be left at any event (`break`) and gone on with later, from that event's `cursor`.
 * It throws `GaplessError`: USAGE for options that make no sense, TABLE_THROTTLED, ITEM_MALFORMED, PAYLOAD_MISSING.
 */
export interface EventReader {
  /** Pattern 2. */
  get(eventId: string): Promise<StoredEvent | undefined>;
  /** Pattern 3: the events of a subscribed account (its id, or the keyword of a subscription). */
  byAccount(account: string, options?: ListOptions): AsyncIterable<ListedEvent>;
  /** Pattern 4: everything that carries a post: about it, or with it inside. */
  byPost(postId: string, options?: ListOptions): AsyncIterable<ListedEvent>;
  /** Pattern 5: everything between two times; without them everything, the future included. */
  between(options?: ListOptions): AsyncIterable<ListedEvent>;
}

export interface EventReaderSource extends PostSource {
  readonly days: LedgerReader['days'];
}

const shards = Array.from({ length: shardCount }, (_, shard) => shard);

export function createEventReader(source: EventReaderSource): EventReader {
  const { client, eventsTable: table } = source;

  const list = (options: ListOptions, keysOf: (listing: Listing) => AsyncIterable<EventKey>) => {
    const listing = parseListing(options);
    // DynamoDB refuses a range that is the wrong way round.
    return listing.low < listing.high ? hydrate(source, take(keysOf(listing), listing.limit)) : nothing();
  };

  const merged = (partitions: readonly IndexPartition[], listing: Listing) =>
    mergeSorted(
      partitions.map((partition) => shardKeys(client, table, partition, listing)),
      (one, other) => (listing.newestFirst ? one.position > other.position : one.position < other.position),
    );

  async function* dayByDay(listing: Listing): AsyncGenerator<EventKey> {
    const { low, high, newestFirst } = listing;
    for await (const day of source.days({ from: dayOf(low), to: dayOf(high), newestFirst })) {
      yield* merged(
        shards.map((shard) => ({ index: 'byTime', partition: dayShard(day, shard) })),
        listing,
      );
    }
  }

  return {
    async get(eventId) {
      const Key = textItem({ subjectId: eventId.slice(eventId.lastIndexOf(':') + 1), eventId });
      const { Item } = await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
      if (Item === undefined) return undefined;
      const { cursor, ...event } = await toListedEvent(source, Item);
      return event;
    },

    byAccount: (account, options = {}) =>
      list(options, (listing) =>
        merged(
          shards.map((shard) => ({ index: 'byAccount', partition: accountShard(account, shard) })),
          listing,
        ),
      ),

    byPost: (postId, options = {}) => list(options, (listing) => postKeys(source, postId, listing)),

    between: (options = {}) => list(options, dayByDay),
  };
}

async function* nothing(): AsyncGenerator<never> {}
