import type { Account } from './account.ts';

export interface DirectMessage {
  /** Snowflake id, decimal. */
  readonly id: string;
  readonly atMs: number;
  readonly sender: Account;
  readonly recipient: Account;
  readonly text: string;
}

/** Somebody types, or has read up to a message. */
export interface DirectMessageSignal {
  readonly atMs: number;
  readonly sender: Account;
  readonly recipient: Account;
}

/** AAA and XAA carry the same entry; only the users beside it differ. */
export function toMessageEvent({ id, atMs, sender, recipient, text }: DirectMessage) {
  return {
    type: 'message_create',
    id,
    created_timestamp: String(atMs),
    message_create: {
      target: { recipient_id: recipient.id },
      sender_id: sender.id,
      message_data: { text, entities: { hashtags: [], symbols: [], user_mentions: [], urls: [] } },
    },
  };
}

export function toSignalEvent({ atMs, sender, recipient }: DirectMessageSignal) {
  return { created_timestamp: String(atMs), sender_id: sender.id, target: { recipient_id: recipient.id } };
}

/** The `users` map beside the entries: id → the user in the product's format. */
export function usersOf<User>({ sender, recipient }: DirectMessageSignal, toUser: (account: Account) => User) {
  return { [sender.id]: toUser(sender), [recipient.id]: toUser(recipient) };
}
