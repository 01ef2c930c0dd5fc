import { readDirectMessage } from './direct-messages.ts';
import { allOf } from './event-draft.ts';
import { id, objectId } from './ids.ts';
import { list, member, object } from './json.ts';
import type { PayloadReader } from './xaa-context.ts';

/** The one entry of the payload's `direct_message…_events`; undocumented payloads may be the entry themselves. */
function entryOf(payload: unknown): unknown {
  const [entry] = Object.entries(object(payload) ?? {}).flatMap(([key, value]) =>
    key.endsWith('_events') ? list(value) : [],
  );
  return entry ?? payload;
}

export const directMessage: PayloadReader = (payload) => {
  const { messageId, createdAt: _, ...facts } = readDirectMessage(entryOf(payload));
  return { ...facts, subject: allOf(messageId), createdId: messageId };
};

/** Typing and reading have no id of their own. */
export const directMessageSignal: PayloadReader = (payload) => {
  const { messageId: _, createdAt: __, ...facts } = readDirectMessage(entryOf(payload));
  return facts;
};

/** An encrypted message: who and where is readable, what is not. */
export const chatMessage: PayloadReader = (payload, context) => ({
  ...chatActivity(payload, context),
  subject: allOf(objectId(payload)),
});

export const chatActivity: PayloadReader = (payload) => {
  const actor = id(member(payload, 'sender_id'));
  const conversationId = id(member(payload, 'conversation_id'));
  return {
    actor,
    target: partnerOf(actor, conversationId),
    conversationId,
    times: [member(payload, 'created_at_msec')],
  };
};

/** A conversation of two is called `<user id>:<user id>`. */
function partnerOf(sender: string | undefined, conversationId = ''): string | undefined {
  const users = conversationId.split(':');
  return users.length === 2 && sender !== undefined && users.includes(sender)
    ? users.find((user) => user !== sender)
    : undefined;
}
