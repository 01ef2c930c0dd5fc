import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  type DynamoDBClientConfig,
  GetItemCommand,
  PutItemCommand,
  type QueryCommandInput,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { createBound, settleAll } from '../bounded.ts';
import { type Gap, isUnfinished } from '../domain/gaps/gap.ts';
import type { Interval } from '../domain/gaps/interval.ts';
import { newWatchState } from '../domain/gaps/watch-state.ts';
import type { Clock } from '../ports.ts';
import type { GapBook, WatchLedger } from '../watch-ports.ts';
import { type Item, requiredText, textItem } from './event-item.ts';
import { queryItems } from './event-reader/event-keys.ts';
import { type LedgerKey, ledgerKeys } from './ledger-keys.ts';
import { fromGapItem } from './watch-ledger/gap-item.ts';
import { planSave, putGap, putMark, putState } from './watch-ledger/save-plan.ts';
import { count, type DayPart, dayParts, toHeartbeat, toJobStatus, toMinutes } from './watch-ledger/seen-by-recorder.ts';
import { fromStateItem } from './watch-ledger/watch-state-item.ts';

export interface WatchLedgerSettings {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly clock: Clock;
  /** How long a gap is kept from when it is finished. */
  readonly retentionDays: number;
}

/** A tick has less than a minute, so a call that hangs is given up early. */
export const watchLedgerClientConfig = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
} as const satisfies DynamoDBClientConfig;

/** Gaps that are read at a time. */
const maxReads = 8;

/** The watcher's side of the ledger table (docs/data-model.md, patterns 8 to 13). Every read is consistent. */
export function createWatchLedger({ client, table, clock, retentionDays }: WatchLedgerSettings): WatchLedger & GapBook {
  const expiresAt = () => Math.floor(clock.now() / 1_000) + retentionDays * 86_400;

  const getItem = async (key: LedgerKey): Promise<Item | undefined> => {
    const command = new GetItemCommand({ TableName: table, Key: textItem({ ...key }), ConsistentRead: true });
    return (await client.send(command)).Item;
  };
  const query = (pk: string, more: Partial<QueryCommandInput> = {}) =>
    queryItems(client, {
      TableName: table,
      KeyConditionExpression: 'pk = :pk',
      ...more,
      ExpressionAttributeValues: { ...more.ExpressionAttributeValues, ...textItem({ ':pk': pk }) },
      ConsistentRead: true,
    });
  const between = (pk: string, from: string, to: string) =>
    Array.fromAsync(
      query(pk, {
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: textItem({ ':from': from, ':to': to }),
      }),
    );
  /** One query a day; `~` sorts behind every shard. */
  const perDay = <T>(span: Interval, pkOf: (minute: string) => string, read: (day: DayPart, items: Item[]) => T) =>
    settleAll(
      dayParts(span).map(async (part) => {
        const pk = pkOf(`${part.day}T${part.from}`);
        return read(part, await between(pk, `${part.from}#`, `${part.to}#~`));
      }),
    );
  const transact = async (items: ReturnType<typeof planSave>[number]): Promise<void> => {
    await client.send(new TransactWriteItemsCommand({ TransactItems: [...items] }));
  };
  const get = async (app: string, gapId: string): Promise<Gap | undefined> => {
    const item = await getItem(ledgerKeys.gap(app, gapId));
    return item && fromGapItem(item);
  };

  return {
    get,

    async load(app) {
      const bound = createBound(maxReads);
      const state = await getItem(ledgerKeys.watchState(app));
      const marks = await Array.fromAsync(query(ledgerKeys.unfinishedGap(app, '').pk));
      const gaps = await settleAll(marks.map((mark) => bound(() => get(app, requiredText(mark, 'sk')))));
      return {
        state: state === undefined ? newWatchState(app) : fromStateItem(state),
        gaps: gaps.filter((gap) => gap !== undefined).sort((a, b) => a.fromMs - b.fromMs),
      };
    },

    async save(before, after) {
      const transactions = planSave({ table, before, after, expiresAt: expiresAt() });
      try {
        const [only] = transactions;
        if (transactions.length === 1 && only?.length === 1) {
          await client.send(new PutItemCommand(putState({ table, before, after })));
        } else for (const items of transactions) await transact(items);
      } catch (failure) {
        if (isOvertaken(failure)) return undefined;
        throw failure;
      }
      return { state: { ...after.state, version: before.state.version + 1 }, gaps: after.gaps.filter(isUnfinished) };
    },

    async open(gap) {
      const put = { ...putGap(table, gap, expiresAt()), ConditionExpression: 'attribute_not_exists(pk)' };
      try {
        await transact([{ Put: put }, { Put: putMark(table, gap) }]);
        return 'opened';
      } catch (failure) {
        if (isOvertaken(failure)) return 'exists';
        throw failure;
      }
    },

    async list(app) {
      const items = await Array.fromAsync(query(ledgerKeys.gap(app, '').pk));
      return items.map(fromGapItem).sort((a, b) => b.fromMs - a.fromMs);
    },

    async minutes(app, span, way) {
      const pkOf = (minute: string) => ledgerKeys.coverage(app, minute, 0, way).pk;
      return (await perDay(span, pkOf, ({ day }, items) => toMinutes(day, items))).flat();
    },

    async heartbeats(app, sinceMs) {
      const { pk } = ledgerKeys.heartbeat(app, '', '');
      return (await between(pk, new Date(sinceMs).toISOString(), '~')).map(toHeartbeat);
    },

    async jobStatuses(app) {
      return (await Array.fromAsync(query(ledgerKeys.jobStatus(app, '').pk))).map(toJobStatus);
    },

    async storedLate(app, span) {
      const pkOf = (minute: string) => ledgerKeys.late(app, minute, 0).pk;
      const sums = await perDay(span, pkOf, (_, items) => items.reduce((sum, item) => sum + count(item, 'stored'), 0));
      return sums.reduce((sum, day) => sum + day, 0);
    },
  };
}

/** Another tick wrote first, or is writing at this moment. */
function isOvertaken(failure: unknown): boolean {
  if (failure instanceof ConditionalCheckFailedException) return true;
  if (!(failure instanceof TransactionCanceledException)) return false;
  const codes = failure.CancellationReasons?.map(({ Code }) => Code) ?? [];
  return codes.includes('ConditionalCheckFailed') || codes.includes('TransactionConflict');
}
