import type { EventFacts } from './event-draft.ts';
import { id, objectId } from './ids.ts';
import { member } from './json.ts';

/** A direct message, a typing signal or a read receipt: AAA's and XAA's entry, or v2's `sender_id` and `dm_conversation_id`. */
export interface DirectMessageFacts extends Omit<EventFacts, 'type'> {
  readonly messageId: string | undefined;
  /** As the entry writes it. */
  readonly createdAt: unknown;
}

export function readDirectMessage(entry: unknown): DirectMessageFacts {
  const message = member(entry, 'message_create') ?? entry;
  const createdAt = member(entry, 'created_timestamp') ?? member(entry, 'created_at');
  return {
    messageId: objectId(entry),
    createdAt,
    actor: id(member(message, 'sender_id')),
    target: id(member(message, 'target', 'recipient_id')),
    conversationId: id(member(entry, 'dm_conversation_id')),
    times: [createdAt],
  };
}
