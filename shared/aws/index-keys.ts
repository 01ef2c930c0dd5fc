import { createHash } from 'node:crypto';
import { shardCount } from '../domain/shards.ts';

/** DynamoDB takes 2,048 bytes for a partition key; a longer account is found by its hash. */
const maxAccountBytes = 1024;

/** What orders an event in both indexes. */
export interface IndexKeys {
  /** `<account>#<shard>`; events without an account have none and are not in that index. */
  readonly accountShard?: string;
  /** `<YYYY-MM-DD>#<shard>` */
  readonly dayShard: string;
  /** `<occurredAt>#<16 hex digits>`: a total order, also of events of one millisecond. */
  readonly position: string;
}

/** Made from what is in the event alone, so that every delivery of it has the same keys. */
export function indexKeys(event: {
  readonly eventId: string;
  readonly occurredAt: string;
  readonly account?: string;
}): IndexKeys {
  const hash = sha256Hex(event.eventId);
  const shard = Number.parseInt(hash.slice(0, 2), 16) % shardCount;
  return {
    ...(event.account === undefined ? {} : { accountShard: accountShard(event.account, shard) }),
    dayShard: dayShard(dayOf(event.occurredAt), shard),
    position: `${event.occurredAt}#${hash.slice(0, 16)}`,
  };
}

export function accountShard(account: string, shard: number): string {
  const name = Buffer.byteLength(account) > maxAccountBytes ? `h-${sha256Hex(account)}` : account.toWellFormed();
  return `${name}#${shard}`;
}

export function dayShard(day: string, shard: number): string {
  return `${day}#${shard}`;
}

/** `YYYY-MM-DD` of an ISO time. */
export function dayOf(time: string): string {
  return time.slice(0, 10);
}

export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
