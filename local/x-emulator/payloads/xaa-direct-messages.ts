import {
  type DirectMessage,
  type DirectMessageSignal,
  toMessageEvent,
  toSignalEvent,
  usersOf,
} from './direct-message.ts';
import { toWrappedUser } from './v2-user.ts';
import { makeXaaEvent, type XaaEnvelope } from './xaa-event.ts';

/** `dm.sent` for the sender's subscription, `dm.received` for the recipient's. */
export function makeXaaDirectMessage<Type extends 'dm.sent' | 'dm.received'>({
  type,
  message,
  ...envelope
}: XaaEnvelope & { readonly type: Type; readonly message: DirectMessage }) {
  return makeXaaEvent(type, envelope, {
    direct_message_events: [toMessageEvent(message)],
    users: usersOf(message, toWrappedUser),
  });
}

/** X publishes no sample of typing and reading: they are given the AAA arrays, as `dm.received` is. */
export function makeXaaTyping({ signal, ...envelope }: XaaEnvelope & { readonly signal: DirectMessageSignal }) {
  return makeXaaEvent('dm.indicate_typing', envelope, {
    direct_message_indicate_typing_events: [toSignalEvent(signal)],
    users: usersOf(signal, toWrappedUser),
  });
}

export function makeXaaMessageRead({
  signal,
  lastReadId,
  ...envelope
}: XaaEnvelope & { readonly signal: DirectMessageSignal; readonly lastReadId: string }) {
  return makeXaaEvent('dm.read', envelope, {
    direct_message_mark_read_events: [{ ...toSignalEvent(signal), last_read_event_id: lastReadId }],
    users: usersOf(signal, toWrappedUser),
  });
}
