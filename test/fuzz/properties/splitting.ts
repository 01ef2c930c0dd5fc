import assert from 'node:assert/strict';
import { seededRandom } from '../../../local/x-emulator/random.ts';
import { sha256Hex } from '../../../shared/aws/index-keys.ts';
import type { FoundEvent } from '../../../shared/domain/event.ts';
import { eventText } from '../../../shared/domain/event-text.ts';
import { maxDepth } from '../../../shared/domain/json.ts';
import { type SplitDelivery, splitDelivery } from '../../../shared/domain/split-delivery.ts';
import { typedEvent } from '../../../shared/domain/typed-event.ts';
import { rewritten } from '../json/rewrite.ts';
import { isJson, tokensOf } from '../json/tokens.ts';
import { hasTwins, leavesOf, readTree, type Tree } from '../json/tree.ts';

const delivery = {
  deliveryId: 'delivery-1',
  app: 'default',
  via: 'webhook',
  receivedAt: '2026-11-21T10:00:00.000Z',
} as const;
/** The same body on another day and another way. */
const again = {
  deliveryId: 'delivery-2',
  app: 'default',
  via: 'backfill',
  receivedAt: '2027-03-01T00:00:00.000Z',
} as const;

const idsOf = ({ events }: SplitDelivery) => events.map(({ eventId }) => eventId);
const split = (body: Uint8Array | string, how: typeof delivery | typeof again = delivery) =>
  splitDelivery({ ...how, body: Buffer.from(body) }, { sha256Hex });

/**
 * What is found in any bytes: never nothing, never less than was sent, and the same whenever and however it comes. `seed`
 * chooses which of the costlier questions are asked.
 */
export function checkSplitting(body: Uint8Array, seed: number): SplitDelivery {
  const found = split(body);
  assert.ok(found.events.length + found.replayStatuses.length > 0, 'something is found');
  if (seed % 2 === 0) assert.deepEqual(idsOf(split(body, again)), idsOf(found), 'ids depend on neither time nor way');
  for (const event of found.events) checkReaders(event);

  const text = Buffer.from(body).toString();
  const isText = Buffer.from(text).equals(Buffer.from(body));
  if (isText && isJson(text)) checkJson(text, found, seed);
  else checkOpaque(body, isText ? text : undefined, found);
  return found;
}

function checkReaders(event: FoundEvent): void {
  eventText(event);
  const { subjectId: _, carriedPostIds: __, ...stored } = event;
  typedEvent(stored);
}

function checkOpaque(body: Uint8Array, text: string | undefined, { events }: SplitDelivery): void {
  const [event] = events;
  assert.deepEqual([events.length, event?.product, event?.type], [1, 'unknown', 'unknown']);
  if (text !== undefined) assert.deepEqual([event?.payloadFormat, event?.payload], ['text', text]);
  else assert.deepEqual([event?.payloadFormat, event?.payload], ['base64', Buffer.from(body).toString('base64')]);
}

function checkJson(text: string, { events, replayStatuses }: SplitDelivery, seed: number): void {
  const tokens = tokensOf(text);
  const [event] = events;
  for (const { payloadFormat } of events) assert.equal(payloadFormat, 'json');
  if (events.length === 1 && replayStatuses.length === 0) {
    assert.equal(event?.payload, tokens.join(''), 'one event keeps every token as it was sent');
  }
  if (depthOf(tokens) > maxDepth) {
    assert.deepEqual([events.length, event?.type], [1, 'unknown'], 'what is too deep is kept whole');
    return;
  }
  // A tree of every body would take half of the time; a large one tells no more than a small one.
  const isOneEvent = events.length === 1 && replayStatuses.length === 0;
  if (isOneEvent && (seed % 4 > 0 || tokens.length > 20_000)) return;
  const tree = readTree(text);
  if (!isOneEvent && events.length > 0) checkShares(tree, events, replayStatuses.length > 0);
  if (hasTwins(tree)) return;
  const retold = rewritten(tree, seededRandom(seed));
  assert.deepEqual(
    idsOf(split(retold)).sort(),
    events.map(({ eventId }) => eventId).sort(),
    'ids depend on meaning only',
  );
}

/** Several events share a body: each holds a part of it, all of them all of it. */
function checkShares(tree: Tree, events: readonly FoundEvent[], besideStatus: boolean): void {
  const sent = new Set(leavesOf(tree).filter((leaf) => !isEmptyEventList.test(leaf)));
  const kept = new Set(events.flatMap(({ payload }) => leavesOf(readTree(payload))));
  for (const leaf of kept) assert.ok(sent.has(leaf) || isEmptyEventList.test(leaf), 'nothing is made up');
  const lost = [...sent].filter(
    (leaf) => !kept.has(leaf) && !(besideStatus && leaf.startsWith('."replay_job_status"')),
  );
  assert.deepEqual(lost.slice(0, 3), [], 'nothing is lost');
}

/** A list of events that holds none says nothing. */
const isEmptyEventList = /(_events"|"user_event")=(\[\]|\{\})$/;

function depthOf(tokens: readonly string[]): number {
  let [open, deepest] = [0, 0];
  for (const token of tokens) {
    if (token === '{' || token === '[') deepest = Math.max(deepest, ++open);
    else if (token === '}' || token === ']') open -= 1;
  }
  return deepest;
}
