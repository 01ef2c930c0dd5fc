/** Keys and indexes of the tables: read by the stack, the adapters and the tests, written only here. */
export const eventsTable = {
  partitionKey: 'subjectId',
  sortKey: 'eventId',
  /** An account's events in time order. Sparse: events without an account are not in it. */
  byAccount: { name: 'byAccount', partitionKey: 'accountShard', sortKey: 'position', include: ['type'] },
  /** Everything between two times. */
  byTime: { name: 'byTime', partitionKey: 'dayShard', sortKey: 'position', include: ['type'] },
} as const;

/** Which events carry a post inside them; an index that DynamoDB cannot keep, since one event can carry several posts. */
export const carriedPostsTable = { partitionKey: 'postId', sortKey: 'eventId' } as const;

/** Coverage, days, counts, replay jobs. */
export const ledgerTable = { partitionKey: 'pk', sortKey: 'sk', expiresAt: 'expiresAt' } as const;
