import type { Account } from './account.ts';
import { toNativeUser } from './native-user.ts';

interface AaaRelation<Type extends string> {
  /** The subscribed account: source or target. */
  readonly account: Account;
  readonly type: Type;
  readonly atMs: number;
  readonly source: Account;
  readonly target: Account;
}

function makeEntry<Type extends string>({ type, atMs, source, target }: AaaRelation<Type>) {
  return {
    type,
    created_timestamp: String(atMs),
    source: toNativeUser(source),
    target: toNativeUser(target),
  };
}

/** There is no key `unfollow_events`: the entry's `type` tells. The same holds for blocks and mutes. */
export function makeAaaFollow(relation: AaaRelation<'follow' | 'unfollow'>) {
  return { for_user_id: relation.account.id, follow_events: [makeEntry(relation)] };
}

export function makeAaaBlock(relation: AaaRelation<'block' | 'unblock'>) {
  return { for_user_id: relation.account.id, block_events: [makeEntry(relation)] };
}

export function makeAaaMute(relation: AaaRelation<'mute' | 'unmute'>) {
  return { for_user_id: relation.account.id, mute_events: [makeEntry(relation)] };
}
