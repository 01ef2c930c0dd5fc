import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  type DynamoDBClientConfig,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  type SlotHold,
  type SlotNote,
  type StreamSlot,
  slotNumbers,
  slotPhases,
} from '../domain/stream/stream-slot.ts';
import type { StreamLease } from '../stream-ports.ts';
import { type Item, textItem } from './event-item.ts';
import { queryItems } from './event-reader/event-keys.ts';
import { ledgerKeys } from './ledger-keys.ts';

/** A hold lasts less than a minute: a call that hangs is given up in time for the next renewal. */
export const streamLedgerClientConfig = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
} as const satisfies DynamoDBClientConfig;

/** Pattern 15. Every change is one conditional write; reads are consistent. */
export function createStreamLease(client: DynamoDBClient, table: string): StreamLease {
  const put = async (app: string, slot: StreamSlot, condition: Condition): Promise<boolean> => {
    try {
      await client.send(new PutItemCommand({ TableName: table, Item: toItem(app, slot), ...condition }));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  };

  return {
    async slots(app) {
      const { pk } = ledgerKeys.streamSlot(app, 0);
      const items = await Array.fromAsync(
        queryItems(client, {
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :slot)',
          ExpressionAttributeValues: textItem({ ':pk': pk, ':slot': 'slot#' }),
          ConsistentRead: true,
        }),
      );
      return slotNumbers.map((slot) => {
        const item = items.find(({ sk }) => sk?.S === ledgerKeys.streamSlot(app, slot).sk);
        return item === undefined ? { slot, note: {} } : { slot, ...fromItem(item) };
      });
    },

    take(app, seen, hold) {
      return put(app, { ...seen, hold }, seen.hold === undefined ? nobody : stillAs(seen.hold));
    },

    renew(app, held) {
      return put(app, held, heldBy(held.hold));
    },

    async release(app, held) {
      await put(app, { slot: held.slot, note: held.note }, heldBy(held.hold));
    },
  };
}

type Condition = Pick<
  PutItemCommand['input'],
  'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

const nobody: Condition = { ConditionExpression: 'attribute_not_exists(holder)' };

const heldBy = ({ holder }: SlotHold): Condition => ({
  ConditionExpression: 'holder = :holder',
  ExpressionAttributeValues: { ':holder': { S: holder } },
});

const stillAs = ({ holder, renewedAtMs }: SlotHold): Condition => ({
  ConditionExpression: 'holder = :holder AND renewedAtMs = :renewed',
  ExpressionAttributeValues: { ':holder': { S: holder }, ':renewed': { N: String(renewedAtMs) } },
});

const texts = ['holder', 'phase', 'failure', 'lastDisconnect'] as const;
const numbers = [
  'connectedAtMs',
  'renewedAtMs',
  'expiresAtMs',
  'endsAtMs',
  'notBeforeMs',
  'failures',
  'lastDisconnectAtMs',
  'recoveryRefusedAtMs',
] as const;

function toItem(app: string, { slot, hold, note }: StreamSlot): Item {
  const all: Partial<SlotHold & SlotNote> = { ...hold, ...note };
  const item: Item = textItem({ ...ledgerKeys.streamSlot(app, slot) });
  for (const name of texts) if (all[name] !== undefined) item[name] = { S: all[name] };
  for (const name of numbers) if (all[name] !== undefined) item[name] = { N: String(all[name]) };
  return item;
}

function fromItem(item: Item): Omit<StreamSlot, 'slot'> {
  const text = (name: (typeof texts)[number]) => item[name]?.S;
  const number = (name: (typeof numbers)[number]) => (item[name]?.N === undefined ? undefined : Number(item[name].N));
  const note: SlotNote = present({
    notBeforeMs: number('notBeforeMs'),
    failures: number('failures'),
    failure: text('failure'),
    lastDisconnect: text('lastDisconnect'),
    lastDisconnectAtMs: number('lastDisconnectAtMs'),
    recoveryRefusedAtMs: number('recoveryRefusedAtMs'),
  });
  const holder = text('holder');
  if (holder === undefined) return { note };
  const connectedAtMs = number('connectedAtMs');
  const hold: SlotHold = {
    holder,
    phase: slotPhases.find((phase) => phase === text('phase')) ?? 'connecting',
    ...(connectedAtMs === undefined ? {} : { connectedAtMs }),
    renewedAtMs: number('renewedAtMs') ?? 0,
    expiresAtMs: number('expiresAtMs') ?? 0,
    endsAtMs: number('endsAtMs') ?? 0,
  };
  return { hold, note };
}

type Present<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

function present<T extends object>(values: T): Present<T> {
  const kept: Present<T> = {};
  for (const name in values) {
    const value = values[name];
    if (value !== undefined) Object.assign(kept, { [name]: value });
  }
  return kept;
}
