import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { overlap } from '../domain/gaps/interval.ts';
import { longestRecoveryMs, longestSessionMs, type StreamSession } from '../domain/stream/stream-session.ts';
import type { StreamSessions } from '../stream-ports.ts';
import { type Item, requiredText, textItem } from './event-item.ts';
import { queryItems } from './event-reader/event-keys.ts';
import { ledgerKeys } from './ledger-keys.ts';

export interface StreamSessionsSettings {
  readonly client: DynamoDBClient;
  readonly table: string;
  /** How long a session is kept from when it connected. */
  readonly retentionDays: number;
}

const iso = (ms: number) => new Date(ms).toISOString();

/** Pattern 16. Reads are consistent. */
export function createStreamSessions({ client, table, retentionDays }: StreamSessionsSettings): StreamSessions {
  return {
    async read(app, span) {
      // By the time of the connection, which a session's coverage begins before and ends after.
      const [from, to] = [span.fromMs - longestSessionMs, span.toMs + longestRecoveryMs + longestSessionMs];
      const items = queryItems(client, {
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: textItem({
          ':pk': ledgerKeys.streamSession(app, '', '').pk,
          ':from': ledgerKeys.streamSession(app, iso(from), '').sk,
          ':to': ledgerKeys.streamSession(app, iso(to), '~').sk,
        }),
        ConsistentRead: true,
      });
      const sessions = (await Array.fromAsync(items)).map(fromItem);
      return sessions.filter((session) => session.fromMs < session.toMs && overlap(session, span));
    },

    async save(session) {
      await client.send(new PutItemCommand({ TableName: table, Item: toItem(session, retentionDays) }));
    },
  };
}

function toItem({ app, kind, holder, connectedAtMs, fromMs, toMs }: StreamSession, retentionDays: number): Item {
  const number = (value: number) => ({ N: String(value) });
  return {
    ...textItem({ ...ledgerKeys.streamSession(app, iso(connectedAtMs), holder), app, kind, holder }),
    connectedAtMs: number(connectedAtMs),
    fromMs: number(fromMs),
    toMs: number(toMs),
    expiresAt: number(Math.ceil(connectedAtMs / 1_000) + retentionDays * 86_400),
  };
}

function fromItem(item: Item): StreamSession {
  return {
    app: requiredText(item, 'app'),
    kind: requiredText(item, 'kind') === 'recovery' ? 'recovery' : 'live',
    holder: requiredText(item, 'holder'),
    connectedAtMs: Number(item.connectedAtMs?.N),
    fromMs: Number(item.fromMs?.N),
    toMs: Number(item.toMs?.N),
  };
}
