import type { EventType } from '../../../shared/domain/event-types.ts';
import type { Account } from './account.ts';
import { makeXaaEvent, type XaaEnvelope } from './xaa-event.ts';

/** Changes of an encrypted conversation itself. */
export type ConversationChange = Extract<EventType, `chat.conversation.${string}` | `chat.update.${string}`>;

interface XaaChat extends XaaEnvelope {
  /** UUID. */
  readonly id: string;
  readonly atMs: number;
  readonly sender: Account;
  readonly recipient: Account;
}

function chatMembers({ id, atMs, sender, recipient }: Pick<XaaChat, 'id' | 'atMs' | 'sender' | 'recipient'>) {
  return {
    id,
    created_at_msec: String(atMs),
    sender_id: sender.id,
    conversation_id: `${sender.id}:${recipient.id}`,
    conversation_key_version: String(atMs - 1),
  };
}

/** XChat messages are encrypted: X hands over the ciphertext and never the message's own id. */
export function makeXaaChatMessage<Type extends 'chat.received' | 'chat.sent'>({
  type,
  id,
  atMs,
  sender,
  recipient,
  encodedEvent,
  ...envelope
}: XaaChat & { readonly type: Type; readonly encodedEvent: string }) {
  return makeXaaEvent(type, envelope, {
    ...chatMembers({ id, atMs, sender, recipient }),
    encoded_event: encodedEvent,
    message_event_signature: { public_key_version: '1765382634817', signature: encodedEvent, signature_version: '7' },
  });
}

/** X publishes no sample: the members that all chat events share. */
export function makeXaaChatConversation<Type extends ConversationChange>({
  type,
  id,
  atMs,
  sender,
  recipient,
  ...envelope
}: XaaChat & { readonly type: Type }) {
  return makeXaaEvent(type, envelope, chatMembers({ id, atMs, sender, recipient }));
}
