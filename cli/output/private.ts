import type { StoredEvent } from '../../shared/domain/event.ts';

/** Messages between people, and bodies of kinds that are not known yet but are named like them. */
const privateName = /^(dm|chat)\.|^direct_message/;

export function isPrivate({ type, wireType }: Pick<StoredEvent, 'type' | 'wireType'>): boolean {
  return privateName.test(type) || privateName.test(wireType);
}
