import { ConditionalCheckFailedException, type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { shardCount } from '../domain/shards.ts';
import type { Ledger } from '../ports.ts';
import { dayOf } from './index-keys.ts';
import { type LedgerKey, ledgerKeys } from './ledger-keys.ts';
import { retryTransient } from './retry-transient.ts';
import { type Change, updateExpression } from './update-expression.ts';

export interface LedgerSettings {
  readonly client: DynamoDBClient;
  readonly table: string;
  /** How long coverage and late counts are kept. Marked days and type counts stay. */
  readonly retentionDays: number;
  /** 0 ≤ x < 1. Spreads the counters, which a replay makes hot. */
  readonly random: () => number;
}

const daySeconds = 86_400;
/** Days that what only the watcher reads is kept, from receipt: longer than it ever looks back. */
const heartbeatDays = 2;
const jobStatusDays = 30;

/**
 * `ADD` is not idempotent: a call whose answer was lost is repeated and counts twice. That can happen to these numbers
 * about events, never to events; docs/data-model.md says when and by how much.
 */
export function createLedger({ client, table, retentionDays, random }: LedgerSettings): Ledger {
  const marked = new Map<string, Promise<void>>();
  const pickShard = () => Math.floor(random() * shardCount);

  const update = async (key: LedgerKey, change: Change, signal: AbortSignal, condition?: string): Promise<void> => {
    const command = new UpdateItemCommand({
      TableName: table,
      Key: { pk: { S: key.pk }, sk: { S: key.sk } },
      ...updateExpression(change),
      ...(condition === undefined ? {} : { ConditionExpression: condition }),
    });
    await retryTransient(() => client.send(command, { abortSignal: signal }), { signal, random });
  };

  /** One write in the life of the process; a failed one is repeated by whoever needs it next. */
  const markOnce = (key: LedgerKey, change: Change, signal: AbortSignal): Promise<void> => {
    const name = `${key.pk} ${key.sk}`;
    const known = marked.get(name);
    if (known !== undefined) return known;
    const mark = update(key, change, signal);
    marked.set(name, mark);
    mark.catch(() => marked.delete(name));
    return mark;
  };

  return {
    /** Pattern 6. */
    async markDays(days, signal) {
      await Promise.all(days.map((day) => markOnce(ledgerKeys.day(day), {}, signal)));
    },

    /** Pattern 8. */
    async addCoverage(app, minute, counts, { way, lastReceivedAt }, signal) {
      const day = dayOf(minute);
      const expiresAt = endOf(day) + retentionDays * daySeconds;
      await markOnce(ledgerKeys.coverageDay(app, day, way), { set: { expiresAt } }, signal);
      const key = ledgerKeys.coverage(app, minute, pickShard(), way);
      const { products, ...numbers } = counts;
      const add = { ...numbers, ...products };
      const newer = 'attribute_not_exists(lastReceivedAt) OR lastReceivedAt <= :lastReceivedAt';
      try {
        await update(key, { add, set: { expiresAt, lastReceivedAt } }, signal, newer);
      } catch (failure) {
        if (!(failure instanceof ConditionalCheckFailedException)) throw failure;
        await update(key, { add, set: { expiresAt } }, signal);
      }
    },

    /** Pattern 7. */
    async addTypeCounts(day, stored, signal) {
      await update(ledgerKeys.typeCounts(day, pickShard()), { add: Object.fromEntries(stored) }, signal);
    },

    /** Pattern 10. */
    async addLate(app, minute, stored, signal) {
      const expiresAt = endOf(dayOf(minute)) + retentionDays * daySeconds;
      await update(ledgerKeys.late(app, minute, pickShard()), { add: { stored }, set: { expiresAt } }, signal);
    },

    /** Pattern 11. */
    async recordHeartbeat({ app, receivedAt, proven }, deliveryId, signal) {
      const expiresAt = endOf(dayOf(receivedAt)) + heartbeatDays * daySeconds;
      await update(ledgerKeys.heartbeat(app, receivedAt, deliveryId), { set: { proven, expiresAt } }, signal);
    },

    /** Pattern 9. The first time of hearing it is kept, however often X says it. */
    async recordJobStatus(app, { jobId, state, webhookId, description }, receivedAt, signal) {
      const expiresAt = endOf(dayOf(receivedAt)) + jobStatusDays * daySeconds;
      const change = { set: { state, webhookId, description, expiresAt }, setOnce: { receivedAt } };
      await update(ledgerKeys.jobStatus(app, jobId), change, signal);
    },

    async probe(signal) {
      await update(ledgerKeys.probe, { add: { probes: 1 } }, signal);
    },
  };
}

/** Unix seconds at which a day (YYYY-MM-DD, UTC) is over. */
function endOf(day: string): number {
  return Date.parse(day) / 1_000 + daySeconds;
}
