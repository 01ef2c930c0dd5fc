import type { Account } from './account.ts';
import {
  type DirectMessage,
  type DirectMessageSignal,
  toMessageEvent,
  toSignalEvent,
  usersOf,
} from './direct-message.ts';
import { toMessageUser } from './native-user.ts';

/** `account`: the subscribed account, sender or recipient. Two subscribed accounts in one message get one body each. */
interface ForAccount {
  readonly account: Account;
}

const app = { id: '13090192', name: 'Made-up Client', url: 'https://client.example/' };

export function makeAaaDirectMessage({ account, ...message }: ForAccount & DirectMessage) {
  const event = toMessageEvent(message);
  return {
    for_user_id: account.id,
    direct_message_events: [{ ...event, message_create: { ...event.message_create, source_app_id: app.id } }],
    apps: { [app.id]: app },
    users: usersOf(message, toMessageUser),
  };
}

export function makeAaaTyping({ account, ...signal }: ForAccount & DirectMessageSignal) {
  return {
    for_user_id: account.id,
    direct_message_indicate_typing_events: [toSignalEvent(signal)],
    users: usersOf(signal, toMessageUser),
  };
}

/** `sender` has read up to `lastReadId`. */
export function makeAaaMessageRead({
  account,
  lastReadId,
  ...signal
}: ForAccount & DirectMessageSignal & { readonly lastReadId: string }) {
  return {
    for_user_id: account.id,
    direct_message_mark_read_events: [{ ...toSignalEvent(signal), last_read_event_id: lastReadId }],
    users: usersOf(signal, toMessageUser),
  };
}
