/**
 * Number of hash shards of everything that is ordered by time. Fixed for ever: a stored item's index keys contain it.
 * Four keep one very active account under DynamoDB's 1,000 write units per partition key and second, even at
 * X's replay rate of 2,500 events a second.
 */
export const shardCount = 4;
