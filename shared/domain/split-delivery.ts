import { activityKeyOf } from './activity-key.ts';
import { readBody } from './delivery-body.ts';
import type { Delivery, FoundEvent, PayloadFormat, ReplayJobStatus, Via } from './event.ts';
import type { EventDraft } from './event-draft.ts';
import { unknownType } from './event-types.ts';
import { identityOf, type Sha256Hex } from './identity.ts';
import { member, printJson } from './json.ts';
import { splitBody } from './split-body.ts';
import { occurredAt } from './times.ts';

export interface SplitDelivery {
  readonly events: readonly FoundEvent[];
  readonly replayStatuses: readonly ReplayJobStatus[];
}

/**
 * Finds the events in a delivery. Takes any bytes and never throws: what no product explains is one event of type
 * `unknown`. Only X's message that a replay job ended is no event.
 */
export function splitDelivery(delivery: Delivery, deps: { readonly sha256Hex: Sha256Hex }): SplitDelivery {
  const body = readBody(delivery.body);
  const { drafts, replayStatuses } = splitBody(body);
  const isJson = body.kind === 'json';
  const context: EventContext = {
    delivery,
    // X's replays come by the webhook only.
    via:
      delivery.via === 'webhook' && isJson && member(body.value, 'meta', 'replay') === true ? 'replay' : delivery.via,
    payloadFormat: isJson ? 'json' : body.payloadFormat,
    sha256Hex: deps.sha256Hex,
  };
  const sent = isJson ? body.compact : body.payload;
  // A body that is one event keeps its own text: escapes, duplicate keys and digits as X wrote them.
  const isOneEvent = drafts.length === 1 && replayStatuses.length === 0;
  const events = drafts.map((draft) => foundEvent(draft, isOneEvent ? sent : printJson(draft.content), context));
  return { events, replayStatuses };
}

interface EventContext {
  readonly delivery: Delivery;
  readonly via: Via;
  readonly payloadFormat: PayloadFormat;
  readonly sha256Hex: Sha256Hex;
}

function foundEvent(draft: EventDraft, payload: string, context: EventContext): FoundEvent {
  const { app, receivedAt } = context.delivery;
  return {
    ...identityOf(draft, app, context.sha256Hex),
    app,
    product: draft.product,
    type: isTooLong(draft.type) ? unknownType : draft.type.toWellFormed(),
    wireType: draft.wireType.slice(0, maxNameLength).toWellFormed(),
    ...namesOf({ ...draft, activityKey: activityKeyOf(draft) }),
    carriedPostIds: carriedBy(draft),
    ...occurredAt({
      payload: draft.times ?? [],
      envelope: draft.envelopeTime,
      createdId: draft.createdId,
      receivedAt,
    }),
    receivedAt,
    via: context.via,
    payload,
    payloadFormat: context.payloadFormat,
  };
}

const names = ['account', 'actor', 'target', 'postId', 'conversationId', 'activityKey', 'eventUuid'] as const;
type Names = { [Name in (typeof names)[number]]?: string };

/**
 * X's longest name is a keyword of 150 characters. A signed body may hold any other: together they must leave room in
 * DynamoDB's item of 400 KB. A longer one stands in the payload only, and in the identity by its hash.
 */
const maxNameLength = 4_096;

function isTooLong(name: string): boolean {
  return name.length > maxNameLength;
}

/** The names an event has, without lone surrogates: DynamoDB takes UTF-8 only. */
function namesOf(draft: { readonly [Name in keyof Names]?: string | undefined }): Names {
  const present: Names = {};
  for (const name of names) {
    const value = draft[name];
    if (value !== undefined && !isTooLong(value)) present[name] = value.toWellFormed();
  }
  return present;
}

function carriedBy({ carriedPostIds = [], postId }: EventDraft): readonly string[] {
  const ids = new Set(carriedPostIds.map((carried) => carried.toWellFormed()));
  if (postId !== undefined) ids.delete(postId.toWellFormed());
  return [...ids];
}
