import { readAaaEntry } from './aaa-entries.ts';
import type { EventDraft } from './event-draft.ts';
import { unknownType } from './event-types.ts';
import { id } from './ids.ts';
import { type JsonObject, list, member, object } from './json.ts';

/** One entry under one key, and the delivery reduced to it. */
interface Entry {
  readonly wireType: string;
  readonly entry: unknown;
  readonly content: unknown;
}

/**
 * The events of an Account Activity API body: one for each entry of every `*_events` array of a `for_user_id`, one for
 * each member of `user_event`. Every other top-level member belongs to each of them.
 */
export function splitAaa(body: JsonObject): readonly EventDraft[] {
  const forUser = id(body.for_user_id);
  const members = Object.entries(body);
  const isEvent = ([key, value]: [string, unknown]) => isEventMember(key, value, forUser);
  const others = Object.fromEntries(members.filter((one) => !isEvent(one)));
  return members
    .filter(isEvent)
    .flatMap(([key, value]) => entriesOf(key, value, others))
    .map((entry) => draftOf(entry, forUser));
}

function isEventMember(key: string, value: unknown, forUser: string | undefined): boolean {
  if (key === 'user_event') return object(value) !== undefined;
  return forUser !== undefined && key.endsWith('_events') && Array.isArray(value);
}

function entriesOf(key: string, value: unknown, others: JsonObject): readonly Entry[] {
  if (key !== 'user_event') {
    return list(value).map((entry) => ({ wireType: key, entry, content: { ...others, [key]: [entry] } }));
  }
  return Object.entries(object(value) ?? {}).map(([name, entry]) => ({
    wireType: `user_event.${name}`,
    entry,
    content: { ...others, user_event: { [name]: entry } },
  }));
}

function draftOf({ wireType, entry, content }: Entry, forUser: string | undefined): EventDraft {
  const common = { product: 'aaa', wireType, content } as const;
  if (object(entry) === undefined) return { ...common, type: unknownType, account: forUser };
  const facts = readAaaEntry(wireType, entry, forUser);
  const account = wireType === 'user_event.revoke' ? (facts.actor ?? forUser) : forUser;
  return { ...common, ...facts, account, entryType: id(member(entry, 'type')) };
}
