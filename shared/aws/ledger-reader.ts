import type { DynamoDBClient, QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { createBound } from '../bounded.ts';
import { shardCount } from '../domain/shards.ts';
import { requiredText, textItem } from './event-item.ts';
import { queryItems } from './event-reader/event-keys.ts';
import { take } from './event-reader/streams.ts';
import { ledgerKeys } from './ledger-keys.ts';

/** How many events of a type were stored, by the day on which they occurred. */
export interface TypeCount {
  /** YYYY-MM-DD */
  readonly day: string;
  readonly type: string;
  readonly stored: number;
}

/** YYYY-MM-DD, both included. */
export interface Days {
  readonly from?: string;
  readonly to?: string;
}

export interface LedgerReader {
  /** Pattern 6: days on which events occurred. */
  days(days: Days & { readonly newestFirst: boolean }): AsyncIterable<string>;
  /** Pattern 7, newest day first. */
  typeCounts(days?: Days): Promise<readonly TypeCount[]>;
  /** Pattern 8: ISO time at which the newest recorded delivery was received; none within the ledger's retention: `undefined`. */
  lastDelivery(app: string): Promise<string | undefined>;
}

/** Days read at a time; each is a query. */
const maxDays = 16;

/** Around every day that a time of Gapless can have. */
const [firstDay, lastDay] = ['0', '~'];

export function createLedgerReader(client: DynamoDBClient, table: string): LedgerReader {
  const under = (pk: string, input: Partial<QueryCommandInput> = {}) =>
    queryItems(client, {
      TableName: table,
      KeyConditionExpression: 'pk = :pk',
      ...input,
      ExpressionAttributeValues: { ...input.ExpressionAttributeValues, ':pk': { S: pk } },
      ConsistentRead: true,
    });
  const newest = (pk: string, limit: number) =>
    Array.fromAsync(take(under(pk, { ScanIndexForward: false, Limit: limit }), limit));

  async function* days({ from = firstDay, to = lastDay, newestFirst }: Days & { readonly newestFirst: boolean }) {
    const marked = under(ledgerKeys.day('').pk, {
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: textItem({ ':from': from, ':to': to }),
      ScanIndexForward: !newestFirst,
    });
    for await (const item of marked) yield requiredText(item, 'sk');
  }

  async function typeCountsOf(day: string): Promise<readonly TypeCount[]> {
    const stored = new Map<string, number>();
    for await (const item of under(ledgerKeys.typeCounts(day, 0).pk)) {
      for (const [type, { N }] of Object.entries(item)) {
        // The keys are texts.
        if (N !== undefined) stored.set(type, (stored.get(type) ?? 0) + Number(N));
      }
    }
    return [...stored].map(([type, count]) => ({ day, type, stored: count }));
  }

  return {
    days,

    async typeCounts(range = {}) {
      const bound = createBound(maxDays);
      const marked = await Array.fromAsync(days({ ...range, newestFirst: true }));
      return (await Promise.all(marked.map((day) => bound(() => typeCountsOf(day))))).flat();
    },

    async lastDelivery(app) {
      const [newestDay] = await newest(ledgerKeys.coverageDay(app, '').pk, 1);
      if (newestDay === undefined) return undefined;
      const minutes = await newest(ledgerKeys.coverage(app, requiredText(newestDay, 'sk'), 0).pk, shardCount);
      const times = minutes.map((item) => requiredText(item, 'lastReceivedAt'));
      return times.reduce((one, other) => (one < other ? other : one), '') || undefined;
    },
  };
}
