import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Clock } from '../ports.ts';
import type { RefreshClaims } from '../use-cases/fresh-user-token.ts';
import { operatorKeys } from './operator-keys.ts';

/** Longer than X's answer and the writing of it may take, on a local clock that runs sixty times as fast, too. */
const claimMs = 5 * 60_000;
/** Nobody reads tokens as old as that any more. */
const spentMs = 24 * 3_600_000;

export interface RefreshClaimsOptions {
  readonly client: DynamoDBClient;
  readonly ledgerTable: string;
  readonly app: string;
  readonly clock: Clock;
}

/** Claims in the ledger: one conditional write each, since Secrets Manager has none and may show what was. */
export function createRefreshClaims({ client, ledgerTable, app, clock }: RefreshClaimsOptions): RefreshClaims {
  const keyOf = (userId: string, fingerprint: string) => {
    const { pk, sk } = operatorKeys.refreshClaim(app, userId, fingerprint);
    return { pk: { S: pk }, sk: { S: sk } };
  };
  const hold = (userId: string, fingerprint: string, forMs: number, condition?: string) => {
    const now = clock.now();
    return client.send(
      new UpdateItemCommand({
        TableName: ledgerTable,
        Key: keyOf(userId, fingerprint),
        UpdateExpression: 'SET claimedUntil = :until, expiresAt = :expires',
        ...(condition === undefined ? {} : { ConditionExpression: condition }),
        ExpressionAttributeValues: {
          ':until': { N: String(now + forMs) },
          ':expires': { N: String(Math.ceil((now + spentMs) / 1000)) },
          ...(condition === undefined ? {} : { ':now': { N: String(now) } }),
        },
      }),
    );
  };

  return {
    async claim(userId, fingerprint) {
      try {
        await hold(userId, fingerprint, claimMs, 'attribute_not_exists(claimedUntil) OR claimedUntil < :now');
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
    async markSpent(userId, fingerprint) {
      await hold(userId, fingerprint, spentMs);
    },
    async release(userId, fingerprint) {
      await client.send(new DeleteItemCommand({ TableName: ledgerTable, Key: keyOf(userId, fingerprint) }));
    },
  };
}
