import { type Gap, gapReasons, gapStates, isUnfinished } from '../../domain/gaps/gap.ts';
import { type Item, requiredText, textItem } from '../event-item.ts';
import { ledgerKeys } from '../ledger-keys.ts';
import { parseStoredObject, type StoredObject } from '../stored-json.ts';

/**
 * A gap as JSON, and beside it what people look for in a query of their own. A finished one expires: `expiresAt` is
 * in seconds, as DynamoDB's time to live wants it.
 */
export function toGapItem(gap: Gap, expiresAt: number): Item {
  const iso = (ms: number) => new Date(ms).toISOString();
  return {
    ...textItem({
      ...ledgerKeys.gap(gap.app, gap.gapId),
      reason: gap.reason,
      state: gap.state,
      from: iso(gap.fromMs),
      ...(gap.toMs === null ? {} : { to: iso(gap.toMs) }),
      ...(gap.webhookId === undefined ? {} : { webhookId: gap.webhookId }),
      gap: JSON.stringify(gap),
    }),
    attempts: { N: String(gap.attempts) },
    recovered: { N: String(gap.recovered) },
    ...(isUnfinished(gap) ? {} : { expiresAt: { N: String(expiresAt) } }),
  };
}

/** Throws `ITEM_MALFORMED`. */
export function fromGapItem(item: Item): Gap {
  return parseGap(parseStoredObject(requiredText(item, 'gap'), `the gap ${item.sk?.S}`));
}

const optionalNumbers = ['storedLateBefore', 'missedAtMs'] as const;

function parseGap(stored: StoredObject): Gap {
  const webhookId = stored.optionalText('webhookId');
  return {
    gapId: stored.text('gapId'),
    app: stored.text('app'),
    ...(webhookId === undefined ? {} : { webhookId }),
    reason: stored.oneOf('reason', gapReasons),
    state: stored.oneOf('state', gapStates),
    fromMs: stored.number('fromMs'),
    toMs: stored.isNull('toMs') ? null : stored.number('toMs'),
    openedAtMs: stored.number('openedAtMs'),
    attempts: stored.number('attempts'),
    recovered: stored.number('recovered'),
    replayed: stored.number('replayed'),
    expectedPerMinute: stored.number('expectedPerMinute'),
    ...presentNumbers(stored),
    lostParts: stored.objects('lostParts', (part) => ({
      fromMs: part.number('fromMs'),
      toMs: part.number('toMs'),
      why: part.text('why'),
    })),
    story: stored.objects('story', (line) => ({ atMs: line.number('atMs'), line: line.text('line') })),
  };
}

function presentNumbers(stored: StoredObject): Partial<Record<(typeof optionalNumbers)[number], number>> {
  const present: Partial<Record<(typeof optionalNumbers)[number], number>> = {};
  for (const name of optionalNumbers) {
    const number = stored.optionalNumber(name);
    if (number !== undefined) present[name] = number;
  }
  return present;
}
