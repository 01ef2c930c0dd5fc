import { DeleteItemCommand, type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Clock } from '../ports.ts';
import { operatorKeys } from './operator-keys.ts';

/**
 * While an operator changes an app's secret, nobody may make X check its webhook: a check that is answered with the secret
 * that X does not use disables the webhook at once. It ends by itself, so that an operator who went away stops no watcher.
 */
export interface ValidationHold {
  begin(forMs: number): Promise<void>;
  end(): Promise<void>;
  /** Unix ms of the stack's clock; `undefined`: there is none. May lie in the past. */
  heldUntil(): Promise<number | undefined>;
}

export interface ValidationHoldOptions {
  readonly client: DynamoDBClient;
  readonly ledgerTable: string;
  readonly app: string;
  readonly clock: Clock;
}

export function createValidationHold({ client, ledgerTable, app, clock }: ValidationHoldOptions): ValidationHold {
  const { pk, sk } = operatorKeys.validationHold(app);
  const place = { TableName: ledgerTable, Key: { pk: { S: pk }, sk: { S: sk } } };
  return {
    async begin(forMs) {
      const untilMs = clock.now() + forMs;
      const until = { heldUntil: { N: String(untilMs) }, expiresAt: { N: String(Math.ceil(untilMs / 1000)) } };
      await client.send(new PutItemCommand({ TableName: ledgerTable, Item: { ...place.Key, ...until } }));
    },
    async end() {
      await client.send(new DeleteItemCommand(place));
    },
    async heldUntil() {
      const { Item } = await client.send(new GetItemCommand({ ...place, ConsistentRead: true }));
      return Item?.heldUntil?.N === undefined ? undefined : Number(Item.heldUntil.N);
    },
  };
}
