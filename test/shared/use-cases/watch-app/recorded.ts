import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { type LedgerKey, ledgerKeys } from '../../../../shared/aws/ledger-keys.ts';
import { updateExpression } from '../../../../shared/aws/update-expression.ts';

export type Recorded = ReturnType<typeof recordedFor>;

/** Leaves in the ledger what the recorder leaves there for the watcher. */
export function recordedFor(client: DynamoDBClient, table: string, app: string) {
  const iso = (atMs: number) => new Date(atMs).toISOString();
  const update = async ({ pk, sk }: LedgerKey, change: Parameters<typeof updateExpression>[0]) => {
    const Key = { pk: { S: pk }, sk: { S: sk } };
    await client.send(new UpdateItemCommand({ TableName: table, Key, ...updateExpression(change) }));
  };
  return {
    heartbeat: (atMs: number, proven = false) =>
      update(ledgerKeys.heartbeat(app, iso(atMs), 'message'), { set: { proven } }),
    minute: (atMs: number, counters: Readonly<Record<string, number>>) =>
      update(ledgerKeys.coverage(app, iso(atMs).slice(0, 16), 0), {
        add: counters,
        set: { lastReceivedAt: iso(atMs) },
      }),
    late: (occurredAtMs: number) =>
      update(ledgerKeys.late(app, iso(occurredAtMs).slice(0, 16), 0), { add: { stored: 1 } }),
    jobStatus: (jobId: string, state: string, atMs: number) =>
      update(ledgerKeys.jobStatus(app, jobId), { set: { state, receivedAt: iso(atMs) } }),
  };
}
