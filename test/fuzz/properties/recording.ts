import assert from 'node:assert/strict';
import { fromMessage, toClaimCheckMessage, toMessage } from '../../../shared/aws/delivery-message.ts';
import { fromItem, itemBytes, toItem } from '../../../shared/aws/event-item.ts';
import { sha256Hex } from '../../../shared/aws/index-keys.ts';
import type { AcceptedDelivery, CoverageCounts, FoundEvent, Ledger, StoreOutcome } from '../../../shared/ports.ts';
import type { QueuedRecord } from '../../../shared/use-cases/record-deliveries/records.ts';
import { recordDeliveries } from '../../../shared/use-cases/record-deliveries.ts';
import { assertEventItem } from './dynamodb-rules.ts';

const never = new AbortController().signal;
const sqsRefuses = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/** Brings an accepted delivery twice through message, recorder and item: stored once, counted exactly, within AWS's limits. */
export async function checkRecording(accepted: AcceptedDelivery): Promise<void> {
  const records = [queued(accepted, 'message-1', accepted.body), queued(accepted, 'message-2', accepted.body)];
  const items = new Map<string, FoundEvent>();
  const counted: CoverageCounts[] = [];
  const nothing = async () => {};
  const ledger: Ledger = {
    markDays: nothing,
    addTypeCounts: nothing,
    addLate: nothing,
    recordHeartbeat: nothing,
    recordJobStatus: nothing,
    probe: nothing,
    async addCoverage(_app, _minute, counts) {
      counted.push(counts);
    },
  };
  const store = {
    async put(event: FoundEvent, deliveryId: string): Promise<StoreOutcome> {
      checkItem(event, deliveryId);
      if (items.has(event.eventId)) return { kind: 'duplicate' };
      items.set(event.eventId, event);
      return { kind: 'stored' };
    },
  };
  const deps = {
    store,
    ledger,
    sha256Hex,
    claimChecks: { read: async () => accepted.body },
    deadLetters: { send: nothing },
    describeFailure: (failure: unknown) => {
      throw failure;
    },
  };

  for (const record of records) {
    const { outcomes } = await recordDeliveries(deps, [record], { recording: never, finishing: never });
    assert.deepEqual(outcomes.get(record.messageId), { kind: 'done' });
  }
  const [first, second] = counted;
  assert.ok(first !== undefined && second !== undefined);
  assert.equal(first.events, first.stored + first.duplicates);
  assert.deepEqual([first.stored, first.events], [items.size, second.events]);
  assert.deepEqual([second.stored, second.duplicates], [0, second.events], 'what comes again is stored already');
}

/** The message as SQS would hold it, and as the recorder reads it. */
function queued(accepted: AcceptedDelivery, messageId: string, body: Uint8Array): QueuedRecord {
  const message = toMessage(accepted) ?? toClaimCheckMessage(accepted, 'deliveries/2026-11-21/made-up');
  const bytes = [message.body, ...Object.entries(message.attributes).flat()].reduce(
    (sum, text) => sum + Buffer.byteLength(text),
    0,
  );
  assert.ok(message.body !== '' && !sqsRefuses.test(message.body) && bytes < 1_048_576, 'SQS takes the message');
  const content = fromMessage({ messageId, ...message });
  if (content.kind === 'delivery') assert.ok(Buffer.from(body).equals(content.delivery.body), 'byte for byte');
  else assert.equal(content.kind, 'claim-check');
  return { messageId, receiveCount: 1, ...message, content };
}

function checkItem(event: FoundEvent, deliveryId: string): void {
  const item = toItem(event, deliveryId);
  const stored =
    itemBytes(item) > 350 * 1_024 ? toItem(event, deliveryId, { key: `payloads/${'0'.repeat(129)}` }) : item;
  assertEventItem(stored);
  const { carriedPostIds: _, payload, ...native } = event;
  const { position: __, deliveryId: ___, payload: place, ...read } = fromItem(stored);
  assert.deepEqual(read, native);
  if ('text' in place) assert.equal(place.text, payload);
}
