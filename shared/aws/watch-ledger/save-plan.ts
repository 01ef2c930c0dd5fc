import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type Gap, isUnfinished } from '../../domain/gaps/gap.ts';
import type { Tick, WatchState } from '../../domain/gaps/watch-state.ts';
import { textItem } from '../event-item.ts';
import { type LedgerKey, ledgerKeys } from '../ledger-keys.ts';
import { toGapItem } from './gap-item.ts';
import { toStateItem } from './watch-state-item.ts';

export interface SavePlan {
  readonly table: string;
  readonly before: Tick;
  readonly after: Tick;
  /** In seconds: until when finished gaps are kept. */
  readonly expiresAt: number;
}

/** TransactWriteItems takes 100 actions (DynamoDB API reference); one of them is the state's. */
const mostChanges = 99;

/**
 * The transactions of a save, in order: all on condition of the state's version, which only the last one moves on. Any
 * part of them that a crash leaves behind is what the next tick finds out again from the old state.
 */
export function planSave(plan: SavePlan): readonly (readonly TransactWriteItem[])[] {
  const { table, before, after } = plan;
  const chunks: TransactWriteItem[][] = [[]];
  for (const change of changesOf(plan)) {
    const last = chunks.at(-1) ?? [];
    if (last.length + change.length > mostChanges) chunks.push([...change]);
    else last.push(...change);
  }
  const version = versionCondition(before.state);
  return chunks.map((changes, index) => {
    if (index === chunks.length - 1) return [...changes, { Put: putState(plan) }];
    const Key = textItem({ ...ledgerKeys.watchState(after.state.app) });
    return [...changes, { ConditionCheck: { TableName: table, Key, ...version } }];
  });
}

/** The state's own write. */
export function putState({ table, before, after }: Pick<SavePlan, 'table' | 'before' | 'after'>) {
  const Item = toStateItem({ ...after.state, version: before.state.version + 1 });
  return { TableName: table, Item, ...versionCondition(before.state) };
}

export function putGap(table: string, gap: Gap, expiresAt: number) {
  return { TableName: table, Item: toGapItem(gap, expiresAt) };
}

/** By this mark a tick finds the gap among those of all time. */
export function putMark(table: string, { app, gapId }: Gap) {
  return { TableName: table, Item: textItem({ ...ledgerKeys.unfinishedGap(app, gapId) }) };
}

function versionCondition({ version }: WatchState) {
  if (version === 0) return { ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': { N: String(version) } },
  };
}

/** Per gap what has to be written together. */
function changesOf({ table, before, after, expiresAt }: SavePlan): readonly (readonly TransactWriteItem[])[] {
  const known = new Map(before.gaps.map((gap) => [gap.gapId, JSON.stringify(gap)]));
  const remaining = new Set(after.gaps.map(({ gapId }) => gapId));
  const remove = (key: LedgerKey): TransactWriteItem => ({ Delete: { TableName: table, Key: textItem({ ...key }) } });
  const put = (gap: Gap): TransactWriteItem => ({ Put: putGap(table, gap, expiresAt) });
  const unmark = ({ app, gapId }: Gap) => remove(ledgerKeys.unfinishedGap(app, gapId));

  const withdrawn = before.gaps
    .filter(({ gapId }) => !remaining.has(gapId))
    .map((gap) => [remove(ledgerKeys.gap(gap.app, gap.gapId)), unmark(gap)]);
  const changed = after.gaps
    .filter((gap) => known.get(gap.gapId) !== JSON.stringify(gap))
    .map((gap) => {
      if (!isUnfinished(gap)) return [put(gap), unmark(gap)];
      return known.has(gap.gapId) ? [put(gap)] : [put(gap), { Put: putMark(table, gap) }];
    });
  return [...withdrawn, ...changed];
}
