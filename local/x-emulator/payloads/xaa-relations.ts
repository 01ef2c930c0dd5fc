import type { EventType } from '../../../shared/domain/event-types.ts';
import type { Account } from './account.ts';
import { toWrappedUser } from './v2-user.ts';
import { makeXaaEvent, type XaaEnvelope } from './xaa-event.ts';

export type XaaRelationType = Extract<EventType, `follow.${string}` | `mute.${string}` | `block.${string}`>;

interface XaaRelation<Type extends XaaRelationType> extends XaaEnvelope {
  readonly type: Type;
  readonly source: Account;
  readonly target: Account;
}

/** Carries no time and no id of its own. X publishes no sample of mutes and blocks: they are given the shape of follows. */
export function makeXaaRelation<Type extends XaaRelationType>({
  type,
  source,
  target,
  ...envelope
}: XaaRelation<Type>) {
  return makeXaaEvent(type, envelope, { source: toWrappedUser(source), target: toWrappedUser(target) });
}
